/** A name of the schema as Affise spells most columns: `isTopOffer` is `is_top_offer`. */
export const snakeCase = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
