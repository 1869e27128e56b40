/** A traffic source. */
export interface Source {
  id: string;
  title: string;
  title_lang: Record<string, string>;
  allowed: number;
}
