/** Where pages of a body and of its sessions stand: section, width, breadcrumb. */
export const CADRE = { largeur: 'travail', section: 'instances' } as const;

export const FIL = { libelle: 'Instances', href: '/instances' } as const;
export const filDe = (instance: { id: string; nom: string }) => [FIL, { libelle: instance.nom, href: `/instances/${instance.id}` }];
