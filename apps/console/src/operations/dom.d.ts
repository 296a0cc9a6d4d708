/** Of the Streams Standard, and not in the library of browsers yet; types of the services need it. */
// biome-ignore lint/suspicious/noExplicitAny: the parameters must be those of the library
interface Transformer<I = any, O = any> {
  cancel?(reason: unknown): void | PromiseLike<void>
}
