/** The columns of Affise's answers that are secrets, with something in them. */
const secretColumn = /"(?:api_key|hash_password|password|(?:\w+_)?token)"\s*:\s*(?:"[^"]|\d)/;
/** The parameters of a postback, as a map or as a text: Affise's log has them as they came, secrets among them. */
const postbackParameters = /"_?(?:get|post)"\s*:\s*(?:\{"|"\{\\")/;

/** Whether the text of a REST answer holds a secret. Such an answer is kept nowhere. */
export const holdsSecret = (text: string): boolean => secretColumn.test(text) || postbackParameters.test(text);
