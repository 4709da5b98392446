declare module 'subset-font' {
  export default function subsetFont(
    police: Buffer,
    texte: string,
    o: { targetFormat: 'truetype'; variationAxes?: Readonly<Record<string, number>> },
  ): Promise<Buffer>;
}
