import { Table } from '../../../ui/Table.tsx';
import { Tag, type Ton } from '../../../ui/Tag.tsx';
import { pluriel, surTotal } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { Envoi } from '../envois/envois.queries.ts';
import { libelleDeFonction } from '../reglement/reglement.ts';
import type { Reglement } from '../reglement/reglement.schema.ts';
import { moment } from './mots.tsx';

const MOTIFS: Readonly<Record<string, string>> = { liste: 'liste', astreinte: 'astreinte', silence: 'relais', rebond: 'relais', trou: 'relais' };
const DITES: Readonly<Record<string, [string, Ton]>> = {
  vu: ['vu', 'bleu'],
  vais: ['j’y vais', 'vert'],
  rien: ['rien chez moi', 'neutre'],
  valide: ['a validé', 'vert'],
  ecarte: ['a écarté', 'neutre'],
};
function Reponse({ e, maintenant }: { e: Envoi; maintenant: Date }) {
  if (e.reponse && e.reponduLe) {
    const [mot, ton] = DITES[e.reponse] ?? [e.reponse, 'neutre'];
    return (
      <>
        <Tag ton={ton}>{mot}</Tag> {moment(e.reponduLe, maintenant)}
      </>
    );
  }
  if (e.rebondLe) return <Tag ton="garance">adresse refusée</Tag>;
  if (e.escaladeLe) return <Tag ton="garance">sans réponse, relayé</Tag>;
  return e.duLe < maintenant ? <Tag ton="garance">en retard</Tag> : <>attendue avant {moment(e.duLe, maintenant)}</>;
}

/** Where: a territory of the contract, or a commune of its file. */
export const direPlace = (cat: Catalogue, r: Reglement, territoire: string): string =>
  cat.territoires.get(territoire)?.nom ?? r.communes.find((c) => c.code === territoire)?.nom ?? territoire;

export function DestinatairesTable({
  catalogue: cat,
  reglement,
  envois,
  maintenant,
}: {
  catalogue: Catalogue;
  reglement: Reglement;
  envois: readonly Envoi[];
  maintenant: Date;
}) {
  const accuses = envois.filter((e) => e.genre === 'accuse');
  const repondu = accuses.filter((e) => e.reponse !== null);
  const vont = accuses.filter((e) => e.reponse === 'vais').length;
  return (
    <>
      {accuses.length > 0 && (
        <p className="govuk-body">
          {surTotal(repondu.length, accuses.length)} ont répondu, {pluriel(vont, 'y va', 'y vont')}.
        </p>
      )}
      <Table
        legende="Prévenus, par fonction"
        legendeMasquee
        dense
        lignes={envois}
        cle={(e) => e.id}
        colonnes={[
          { cle: 'fonction', titre: 'Fonction', entete: true, cellule: (e) => libelleDeFonction(reglement, e.fonction) },
          { cle: 'qui', titre: 'Qui', cellule: (e) => `${e.nom} (${MOTIFS[e.motif] ?? e.motif})` },
          { cle: 'ou', titre: 'Où', cellule: (e) => direPlace(cat, reglement, e.territoire) },
          { cle: 'reponse', titre: 'Réponse', cellule: (e) => <Reponse e={e} maintenant={maintenant} /> },
        ]}
      />
    </>
  );
}
