import type { ReactNode } from 'react';
import { Button, ButtonGroup, LinkButton } from '../../../../ui/Button.tsx';
import { Details } from '../../../../ui/Details.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { Pagination } from '../../../../ui/Pagination.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { SummaryList } from '../../../../ui/SummaryList.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import { enumerer, jour, jourEtHeure, nombre, pluriel } from '../../../../ui/typographie.ts';
import type { EtatLigne, LigneDeLot, Lot, Totaux } from '../../activite.ts';
import { CeQuiABouge, type Mouvements } from '../../../indicateurs/index.ts';
import { nomTerritoire } from '../../champs.tsx';
import type { DefinitionRegistre } from '../../definition.ts';
import type { Repertoire } from '../../registres.repertoire.ts';
import { libelleDeColonne } from '../colonnes.rules.ts';
import { nonRepris, sansEtoile } from '../entetes.rules.ts';
import { Apercu, LIGNES } from './Apercu.tsx';
import { type FauteRepetee, FautesRepetees, type RemplacementRefuse } from './FautesRepetees.tsx';
import { ETATS } from './ImportPage.tsx';
import { TableDesTotaux } from './TableDesTotaux.tsx';

export interface LotPageProps {
  d: DefinitionRegistre;
  rep: Repertoire;
  lot: Lot;
  etat: EtatLigne | null;
  lignes: readonly LigneDeLot[];
  totaux: Totaux;
  /** Figures that publishing it, or undoing it, moved. */
  mouvements: Mouvements | null;
  fautes: readonly FauteRepetee[];
  page: number;
  parPage: number;
  erreurs: { motif?: { ecrit: string; message: string }; feuille?: string; remplacer?: RemplacementRefuse };
}

/** A batch: the preview before publication, the account of it after. */
export function LotPage(p: LotPageProps) {
  const { d, lot } = p;
  const base = `/registres/${d.code}/imports/${lot.id}`;
  const comptes: [EtatLigne | null, string, number][] = [
    [null, 'Lignes lues', lot.lues],
    ['nouvelle', 'Nouvelles', lot.nouvelles],
    ['corrigee', 'Corrigées : l’identifiant existe, le contenu a changé', lot.corrigees],
    ['connue', 'Déjà connues, identiques', lot.connues],
    ['erreur', 'À corriger, ne seront pas publiées', lot.enErreur],
  ];
  const total = comptes.find(([e]) => e === p.etat)?.[2] ?? lot.lues;
  return (
    <>
      <PageHeader titre={lot.fichier} surtitre={`Import – ${d.libelle}`} etiquette={<Tag ton={ETATS[lot.etat].ton}>{ETATS[lot.etat].libelle}</Tag>} />
      <p className="govuk-body">
        Déposé le {jourEtHeure(lot.creeLe)} par {lot.auteur}.{lot.publieLe && ` Publié le ${jourEtHeure(lot.publieLe)} par ${lot.publiePar ?? ''}.`}
        {lot.annuleLe && ` Annulé le ${jourEtHeure(lot.annuleLe)} par ${lot.annulePar ?? ''}.`}
      </p>
      {lot.etat === 'annule' && lot.publieLe && (
        <p className="govuk-body">
          {`${pluriel(lot.retablies, 'enregistrement remis', 'enregistrements remis')} dans l’état d’avant.`}
          {lot.gardees > 0 && ` ${pluriel(lot.gardees, 'enregistrement corrigé', 'enregistrements corrigés')} depuis l’import, laissé en l’état.`}
        </p>
      )}
      {p.mouvements && (
        <Section titre={lot.etat === 'annule' ? 'Ce que l’annulation a fait bouger' : 'Ces chiffres ont bougé'}>
          <CeQuiABouge mouvements={p.mouvements} nomLieu={(id) => nomTerritoire(p.rep, id)} />
        </Section>
      )}
      {lot.remarques.map((r) => (
        <p key={r} className="govuk-inset-text">
          {r}
        </p>
      ))}
      <Section titre="Ce qui a été lu">
        <Lecture {...p} base={base} />
        <SummaryList
          serre
          lignes={comptes.map(([etat, libelle, n]) => ({
            cle: libelle,
            valeur:
              n === 0 ? (
                '0'
              ) : (
                <a className="govuk-link" href={etat === null ? `${base}#lignes` : `${base}?etat=${etat}#lignes`}>
                  {nombre(n)}
                </a>
              ),
          }))}
        />
      </Section>
      <TableDesTotaux d={d} totaux={p.totaux} publie={lot.etat !== 'prepare'} />
      <Actions {...p} base={base} />
      {lot.etat === 'prepare' && lot.enErreur > 0 && <AReprendre {...p} base={base} />}
      <Section id="lignes" titre={p.etat === null ? 'Lignes du fichier' : `Lignes du fichier : ${LIGNES[p.etat].toLowerCase()}`}>
        <Apercu d={d} rep={p.rep} lot={lot} lignes={p.lignes} base={base} />
        <Pagination page={p.page} total={total} parPage={p.parPage} href={(n) => `${base}?${p.etat ? `etat=${p.etat}&` : ''}page=${n}#lignes`} objet="ligne" />
      </Section>
    </>
  );
}

const SEPARATEURS: Readonly<Record<string, string>> = { ';': 'point-virgule', ',': 'virgule', '\t': 'tabulation', '|': 'barre verticale' };

/** How the file was read: what must be right before any row can be. */
function Lecture(p: LotPageProps & { base: string }) {
  const { d, lot } = p;
  const libelle = libelleDeColonne(d);
  const laissees = nonRepris(lot.entetes);
  const reprises = lot.entetes.filter((e) => e.cle !== null);
  const autrement = reprises.filter((e) => sansEtoile(e.titre) !== libelle(e.cle ?? ''));
  const changer = lot.etat === 'prepare' && lot.relisible ? [{ libelle: 'Changer', href: `${p.base}/colonnes`, precision: 'le sens des colonnes' }] : [];
  const faits: { cle: string; valeur: ReactNode; actions?: typeof changer }[] = [];
  if (lot.feuille !== null)
    faits.push({
      cle: 'Feuille',
      valeur: (
        <>
          <strong>{lot.feuille}</strong>
          {lot.feuilles.length > 1 && `, sur ${lot.feuilles.length} feuilles visibles`}
        </>
      ),
    });
  if (lot.encodage !== null) faits.push({ cle: 'Encodage', valeur: lot.encodage });
  if (lot.separateur !== null) faits.push({ cle: 'Séparateur', valeur: SEPARATEURS[lot.separateur] ?? `« ${lot.separateur} »` });
  if (lot.ligneTitres !== null)
    faits.push({ cle: 'Titres des colonnes', valeur: lot.ligneTitres === 0 ? 'aucun : lu dans l’ordre du modèle' : `ligne ${lot.ligneTitres}` });
  if (lot.entetes.length > 0)
    faits.push({
      cle: 'Colonnes reprises',
      valeur: (
        <>
          {`${reprises.length} sur ${lot.entetes.filter((e) => e.titre.trim() !== '').length}`}
          {lot.colonnesDe && (
            <>
              <br />
              {`Colonnes reconnues d’après votre import du ${jour(lot.colonnesDe.le.slice(0, 10))} (${lot.colonnesDe.fichier}).`}
            </>
          )}
          {autrement.length > 0 && (
            <Details resume="Ce que chacune veut dire">
              <ul className="govuk-list">
                {autrement.map((e) => (
                  <li key={e.cle}>
                    « {sansEtoile(e.titre)} » : {libelle(e.cle ?? '')}
                  </li>
                ))}
              </ul>
            </Details>
          )}
        </>
      ),
      actions: changer,
    });
  if (laissees.length > 0)
    faits.push({
      cle: 'Colonnes non reprises',
      valeur: enumerer(laissees.map((t) => `« ${t} »`)),
      actions: changer.map((a) => ({ ...a, libelle: 'Reprendre', precision: 'une de ces colonnes' })),
    });
  for (const [cle, v] of Object.entries(lot.constantes)) faits.push({ cle: `${libelle(cle)}, pour toutes les lignes`, valeur: v, actions: changer });
  return (
    <>
      {faits.length > 0 && <SummaryList serre lignes={faits} />}
      <AutreFeuille {...p} />
    </>
  );
}

/** Another sheet may be read while nothing is published. */
function AutreFeuille({ lot, erreurs, base }: LotPageProps & { base: string }) {
  const autres = lot.feuilles.filter((f) => f !== lot.feuille);
  if (lot.etat !== 'prepare' || !lot.relisible || autres.length === 0) return null;
  return (
    <Form action={`${base}/feuille`}>
      <Select nom="feuille" libelle="Lire une autre feuille" options={autres.map((f) => ({ valeur: f, libelle: f }))} erreur={erreurs.feuille} />
      <Button variante="secondaire">Lire cette feuille</Button>
    </Form>
  );
}

/** Rows in error: by value, one by one below, or in a file. */
function AReprendre({ d, lot, fautes, erreurs, base }: LotPageProps & { base: string }) {
  return (
    <Section titre={`${pluriel(lot.enErreur, 'ligne')} à corriger`}>
      <p className="govuk-body">
        {
          'Corrigez-les ici, ligne par ligne ou d’un coup quand la même erreur revient ; ou téléchargez-les : chaque ligne y est telle que dans votre fichier, avec ce qu’il faut corriger. Le fichier corrigé s’importe à son tour.'
        }
      </p>
      <ButtonGroup>
        <LinkButton href={`${base}?etat=erreur#lignes`} variante="secondaire">
          Corriger à l’écran
        </LinkButton>
        <LinkButton href={`${base}/a-corriger.xlsx`} variante="secondaire" telecharger>
          Lignes à corriger (XLSX)
        </LinkButton>
        <LinkButton href={`${base}/a-corriger.csv`} variante="secondaire" telecharger>
          Lignes à corriger (CSV)
        </LinkButton>
      </ButtonGroup>
      <FautesRepetees d={d} fautes={fautes} base={base} erreur={erreurs.remplacer} />
    </Section>
  );
}

function Actions({ d, lot, base, erreurs }: LotPageProps & { base: string }) {
  const aPublier = lot.nouvelles + lot.corrigees;
  if (lot.etat === 'annule') return null;
  if (lot.etat === 'publie')
    return (
      <>
        <ButtonGroup>
          <LinkButton href={`/registres/${d.code}?lot=${lot.id}&territoire=tous`} variante="secondaire">
            Voir les enregistrements
          </LinkButton>
        </ButtonGroup>
        <Form action={`${base}/annuler`}>
          <Textarea
            nom="motif"
            libelle="Motif de l’annulation"
            valeur={erreurs.motif?.ecrit}
            erreur={erreurs.motif?.message}
            aide="Les nouveaux enregistrements seront retirés, les autres reprendront leur version d’avant."
            lignes={2}
            max={300}
          />
          <Button variante="danger">Annuler cet import</Button>
        </Form>
      </>
    );
  return (
    <Form action={`${base}/publier`}>
      {lot.enErreur > 0 && (
        <p className="govuk-body">
          {`${pluriel(lot.enErreur, 'ligne')} à corriger : vous pouvez les corriger d’abord, ou publier les autres et importer un fichier corrigé ensuite.`}
        </p>
      )}
      <ButtonGroup>
        {aPublier > 0 && <Button>{`Publier ${pluriel(aPublier, 'ligne')}`}</Button>}
        <LinkButton href={`/registres/${d.code}/imports`} variante="secondaire">
          Choisir un autre fichier
        </LinkButton>
      </ButtonGroup>
    </Form>
  );
}
