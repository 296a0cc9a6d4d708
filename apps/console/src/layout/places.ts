/** Ids of the parts of the layout that pages render into: the scrolled page, the places beside and below it. */
export const mainId = 'main'
export const sidePanelId = 'side-panel'
export const belowId = 'below'
