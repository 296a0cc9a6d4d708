import type { ReactNode } from 'react'

/** A table. When it is wider than the screen it scrolls by itself, with the keyboard too. */
export const Table = ({ label, head, children }: { label: string; head: ReactNode[]; children: ReactNode }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be in reach of the keyboard (axe: scrollable-region-focusable)
  <section aria-label={label} tabIndex={0} className="card overflow-x-auto">
    <table className="w-full text-left text-sm">
      <thead className="border-b border-line text-muted">
        <tr>
          {head.map((name, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: columns do not move
            <th key={index} scope="col" className="px-3 py-2 font-medium whitespace-nowrap first:pl-4 last:pr-4">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="divide-y divide-line">{children}</tbody>
    </table>
  </section>
)

export const Row = ({ cells, isBad = false }: { cells: ReactNode[]; isBad?: boolean }) => (
  <tr className={isBad ? 'bg-danger-soft' : 'hover:bg-sunken'}>
    {cells.map((cell, index) => (
      <td
        // biome-ignore lint/suspicious/noArrayIndexKey: columns do not move
        key={index}
        className="px-3 py-2 align-top tabular-nums first:pl-4 last:pr-4"
      >
        {cell}
      </td>
    ))}
  </tr>
)
