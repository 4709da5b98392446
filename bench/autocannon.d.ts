declare module 'autocannon' {
  interface Demande {
    method: string;
    headers: Record<string, string>;
    setupRequest(q: object): object;
  }
  export default function autocannon(o: { url: string; connections: number; duration: number; requests: Demande[] }): Promise<object>;
}
