/** What a page may load, and from where: this server alone; nothing frames it, and its forms come back here. */
const CONTENT_POLICY = {
  defaultSrc: ["'none'"],
  objectSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
  workerSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
};

/** With the one other site that the settings let maps read tiles from. */
export function contentPolicy(tuiles: string | null): Record<string, readonly string[]> {
  if (tuiles === null) return CONTENT_POLICY;
  const { origin } = new URL(tuiles);
  return { ...CONTENT_POLICY, imgSrc: [...CONTENT_POLICY.imgSrc, origin], connectSrc: [...CONTENT_POLICY.connectSrc, origin] };
}
