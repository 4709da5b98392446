import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Form } from '../../../ui/Form.tsx';
import { Button, LinkButton } from '../../../ui/Button.tsx';
import { Details } from '../../../ui/Details.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { Select } from '../../../ui/Select.tsx';
import { Table } from '../../../ui/Table.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { duree, jourEtHeure, pourcentDit, pourcents } from '../../../ui/typographie.ts';
import { type Catalogue, type Lieu, optionsDeLieu } from '../../contrats/index.ts';
import type { Astreinte, Inscrit } from '../astreintes/astreintes.queries.ts';
import type { Manque } from '../astreintes/astreintes.rules.ts';
import { VOIES } from '../astreintes/astreintes.schema.ts';
import { libelleDeFonction } from '../reglement/reglement.ts';
import type { Reglement } from '../reglement/reglement.schema.ts';
import { direPlace } from '../envois/lettres.rules.ts';

export interface AstreintesPageProps {
  catalogue: Catalogue;
  reglement: Reglement;
  lieu: Lieu;
  /** What remains of the week-end looked at. */
  dans: { debut: Date; fin: Date };
  couvertures: readonly Manque[];
  inscrits: readonly Inscrit[];
  creneaux: readonly Astreinte[];
  /** When each one is next on duty, by line. */
  prochains: ReadonlyMap<string, Date>;
  maintenant: Date;
  /** Roles of the directory, from which a line may begin. */
  roles: readonly { code: string; libelle: string }[];
  /** Lines of people: for who keeps them. */
  joint: (i: Inscrit) => boolean;
  /** May open this line. */
  ouvre: (i: Inscrit) => boolean;
  /** Its house is one that may hold the function. */
  autorisee: (i: Inscrit) => boolean;
}

export function AstreintesPage(p: AstreintesPageProps) {
  const { catalogue: cat, reglement: r } = p;
  const trous = p.couvertures.flatMap((m) => m.libres.map((l) => ({ ...m, l })));
  const couvertes = p.couvertures.reduce((s, m) => s + m.couvertes, 0);
  const total = p.couvertures.reduce((s, m) => s + m.total, 0);
  const deGarde = new Set(p.creneaux.filter((c) => c.debut <= p.maintenant && c.fin > p.maintenant).map((c) => c.inscritId));
  return (
    <>
      <PageHeader
        titre="Listes et astreintes"
        chapo="Qui est prévenu, pour quoi, où et quand. Réservé à ceux qui tiennent les listes et à ceux qui appellent."
        actions={<LinkButton href={`/alertes/astreintes/inscrits/nouveau?territoire=${p.lieu.territoire}`}>Inscrire quelqu’un</LinkButton>}
      />
      <Form action="/alertes/astreintes" methode="get">
        <Select nom="territoire" libelle="Territoire" valeur={p.lieu.champ || 'tous'} options={optionsDeLieu(cat.enfants(cat.racine.id), cat)} />
        <Button variante="secondaire">Voir</Button>
      </Form>
      {p.roles.length > 0 && p.lieu.territoire && (
        <Details resume="Reprendre un référent de l’annuaire">
          <Form action="/alertes/astreintes/inscrits/nouveau" methode="get" masques={{ territoire: p.lieu.territoire }}>
            <Select nom="role" libelle="Rôle du référent" options={p.roles.map((r2) => ({ valeur: r2.code, libelle: r2.libelle }))} />
            <Button variante="secondaire">Reprendre ses coordonnées</Button>
          </Form>
        </Details>
      )}
      <Section titre="Trous de la fin de semaine" id="trous">
        <p className="govuk-body">
          Du {jourEtHeure(p.dans.debut)} au {jourEtHeure(p.dans.fin)}.{' '}
          {total > 0 && `${pourcents(pourcentDit(couvertes, total))} du temps est couvert, toutes fonctions d’astreinte ensemble.`}
        </p>
        <Table
          legende="Trous, par fonction et par lieu"
          legendeMasquee
          dense
          lignes={trous}
          cle={(x) => `${x.fonction} ${x.territoire} ${x.l.debut.toISOString()}`}
          vide={<EmptyState titre="Aucun trou">Chaque fonction d’astreinte a quelqu’un, tout le temps.</EmptyState>}
          colonnes={[
            { cle: 'fonction', titre: 'Fonction', entete: true, cellule: (x) => libelleDeFonction(r, x.fonction) },
            { cle: 'ou', titre: 'Où', cellule: (x) => direPlace(cat, r, x.territoire) },
            { cle: 'de', titre: 'Du', cellule: (x) => jourEtHeure(x.l.debut) },
            { cle: 'a', titre: 'Au', cellule: (x) => jourEtHeure(x.l.fin) },
            { cle: 'duree', titre: 'Durée', cellule: (x) => duree((x.l.fin.getTime() - x.l.debut.getTime()) / 60_000, false) },
            {
              cle: 'faire',
              titre: 'Combler',
              titreMasque: true,
              cellule: (x) => (
                <a className="govuk-link" href={`/alertes/astreintes/inscrits/nouveau?territoire=${x.territoire}&fonction=${x.fonction}`}>
                  Inscrire
                  <span className="govuk-visually-hidden">
                    {' '}
                    : {libelleDeFonction(r, x.fonction)}, {direPlace(cat, r, x.territoire)}
                  </span>
                </a>
              ),
            },
          ]}
        />
      </Section>
      <Section titre="Listes" id="listes">
        <Table
          legende="Inscrits, par lieu et par fonction"
          legendeMasquee
          dense
          lignes={p.inscrits}
          cle={(i) => i.id}
          vide={<EmptyState titre="Personne">Aucun inscrit ici : une alerte ne préviendrait personne.</EmptyState>}
          colonnes={[
            {
              cle: 'fonction',
              titre: 'Fonction',
              cellule: (i) =>
                p.autorisee(i) ? (
                  libelleDeFonction(r, i.fonction)
                ) : (
                  <>
                    {libelleDeFonction(r, i.fonction)} <Tag ton="garance">organisme à revoir</Tag>
                  </>
                ),
            },
            { cle: 'ou', titre: 'Où', cellule: (i) => direPlace(cat, r, i.territoire) },
            {
              cle: 'nom',
              titre: 'Qui',
              entete: true,
              cellule: (i) =>
                p.ouvre(i) ? (
                  <a className="govuk-link" href={`/alertes/astreintes/inscrits/${i.id}`}>
                    {i.nom}
                  </a>
                ) : (
                  i.nom
                ),
            },
            { cle: 'rang', titre: 'Rang', numerique: true, cellule: (i) => String(i.rang) },
            {
              cle: 'quand',
              titre: 'Quand',
              cellule: (i) => {
                const apres = p.prochains.get(i.id);
                if (deGarde.has(i.id)) return <Tag ton="vert">d’astreinte</Tag>;
                if (i.permanent) return 'à toute heure';
                return apres ? `le ${jourEtHeure(apres)}` : 'aucun créneau à venir';
              },
            },
            {
              cle: 'par',
              titre: 'Prévenu par',
              cellule: (i) => (p.joint(i) ? i.courriel : i.voies.map((v) => VOIES[v as keyof typeof VOIES].toLowerCase()).join(', ')),
            },
          ]}
        />
      </Section>
    </>
  );
}
