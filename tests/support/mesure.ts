/** What a piece of work costs this process, in milliseconds of processor: the same on a busy machine as on a quiet one. */
export function ouvrirMesure(): () => number {
  const debut = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(debut);
    return (user + system) / 1000;
  };
}
