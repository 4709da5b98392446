import { LinkButton } from '../../../../ui/Button.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { SummaryList } from '../../../../ui/SummaryList.tsx';
import { jour } from '../../../../ui/typographie.ts';
import type { Catalogue } from '../../../contrats/index.ts';
import type { Referent } from '../referents.queries.ts';
import { direSuite, enFonction, estAbsent, type Suite } from '../referents.rules.ts';

const ligne = (...mots: readonly string[]): string => mots.filter(Boolean).join(', ') || 'à compléter';

export function ReferentPage({
  referent: r,
  ...p
}: {
  referent: Referent;
  catalogue: Catalogue;
  role: string;
  joint: boolean;
  corrige: boolean;
  /** Names its successor. */
  designe: boolean;
  /** Who comes after its last day. */
  suite: Suite | null;
  /** Somebody has an account by which to act for it there. */
  agi: boolean;
  aujourdhui: string;
}) {
  const etat = enFonction(r, p.aujourdhui) ? 'en fonction' : r.debut > p.aujourdhui ? 'pas encore en fonction' : 'n’est plus en fonction';
  return (
    <>
      <PageHeader
        titre={r.nom}
        surtitre={p.role}
        chapo={`${p.catalogue.territoires.get(r.territoireId)?.nom ?? r.territoireId}, ${etat}.`}
        actions={
          p.corrige || p.designe ? (
            <>
              {!r.oublie && <LinkButton href={`/annuaire/referents/${r.id}/corriger`}>Corriger</LinkButton>}
              {p.designe && (
                <LinkButton href={`/annuaire/referents/nouveau?apres=${r.id}`} variante="secondaire">
                  Désigner un successeur
                </LinkButton>
              )}
            </>
          ) : undefined
        }
      />
      <SummaryList
        lignes={[
          { cle: 'Organisme', valeur: p.catalogue.nomActeur(r.organisationId) },
          { cle: 'Fonction', valeur: r.fonction || (r.oublie ? 'effacée' : 'à compléter') },
          { cle: 'Depuis le', valeur: jour(r.debut) },
          { cle: 'Jusqu’au', valeur: r.fin ? `${jour(r.fin)}${direSuite(p.suite, jour)}` : 'sans terme connu' },
          {
            cle: 'Joindre',
            valeur: r.oublie
              ? 'effacé, un an après la fin du terme'
              : p.joint
                ? ligne(r.courriel, r.telephone)
                : 'réservé à son organisme et à la coordination',
          },
          ...(p.agi || (r.fin !== null && r.fin < p.aujourdhui)
            ? []
            : [
                {
                  cle: 'Compte',
                  valeur:
                    'Aucun compte ouvert de son organisme ne peut agir ici : une demande que ce rôle reçoit est traitée comme s’il n’y avait pas de référent.',
                },
              ]),
          ...(estAbsent(r, p.aujourdhui) && r.absentJusquau
            ? [{ cle: 'Absent', valeur: `jusqu’au ${jour(r.absentJusquau)} : le suppléant reçoit ce qui lui est adressé` }]
            : []),
          {
            cle: 'Suppléant',
            valeur: r.suppleantNom ? (p.joint ? ligne(r.suppleantNom, r.suppleantCourriel, r.suppleantTelephone) : r.suppleantNom) : 'aucun',
          },
        ]}
      />
    </>
  );
}
