/** Whether the schema marks a field, an argument or the like by a directive. */
export const hasDirective = (
  { astNode }: { astNode?: { directives?: readonly { name: { value: string } }[] } | null },
  directive: string,
): boolean => astNode?.directives?.some(({ name }) => name.value === directive) ?? false;
