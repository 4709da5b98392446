import { INSECABLE } from './typographie.ts';

const A_LIER = /<(textarea|script|style|pre|code)\b[\s\S]*?<\/\1>|<[^>]*>| (?=:(?:[\s<]|$)|[;?!»%])|(?<=«) /g;
/**
 * The same markup, where no line begins with « : », « ; », « ? », « ! », « % » or « » », nor ends with « « »: sentences are written with plain spaces, wherever
 * they are made. What a field holds, attributes and code are left as they are.
 */
export const lierPonctuation = (html: string): string => html.replace(A_LIER, (lu) => (lu === ' ' ? INSECABLE : lu));
