import type { ReactNode } from 'react';
import { ActionBar } from './ActionBar.tsx';
import { Button } from './Button.tsx';
import { Radios } from './Choices.tsx';
import { ErrorSummary } from './ErrorSummary.tsx';
import { Form, type FormProps } from './Form.tsx';
import { reunir } from './fusion.ts';
import { NotificationBanner } from './NotificationBanner.tsx';
import { Columns, PageHeader, Section } from './PageHeader.tsx';
import { SummaryList } from './SummaryList.tsx';
import { Textarea } from './Textarea.tsx';
import type { Example } from './types.ts';
import { enumerer, jourEtHeure } from './typographie.ts';

type Valeur = string | readonly string[];
/** How a field is named and said to people. */
export interface ChampPartage {
  libelle: string;
  /** Several lines: both texts are shown, and one text is made of them. */
  long?: boolean;
  /** One value in words; as written by default. */
  dire?: (valeur: string) => string;
  /** The whole value in words, where it is not one or several words. */
  direTout?: (valeur: Valeur) => ReactNode;
}
/** A form that two people may have open at once. */
export interface FormulairePartage {
  /** What is being changed: « Le point « Écoles » ». */
  objet: string;
  action: string;
  /** Where one goes to leave what is recorded. */
  retour: string;
  champs: Readonly<Record<string, ChampPartage>>;
}

interface Ecart {
  champ: string;
  base: Valeur | null;
  actuelle: Valeur;
  mienne: Valeur;
}
/** As `core/http/versions.ts` gives it. */
interface Rapproche {
  actuel: { version: string | number; champs: Readonly<Record<string, Valeur>>; par: string; le: Date | null };
  champs: Readonly<Record<string, Valeur>>;
  venus: readonly Ecart[];
}
interface Heurt extends Rapproche {
  statut: number;
  ecarts: readonly Ecart[];
  oublies: readonly string[];
}

const MODIFIE_ENTRE_TEMPS = 'Modifié entre-temps';
const UNE_AUTRE = 'Une autre personne';

const champDe = (f: FormulairePartage, champ: string): ChampPartage => f.champs[champ] ?? { libelle: champ };
function direChamp(c: ChampPartage, v: Valeur): ReactNode {
  if (c.direTout) return c.direTout(v);
  const mots = [v].flat().filter((x) => x.trim() !== '');
  return mots.length === 0 ? <em>vide</em> : mots.map((x) => c.dire?.(x) ?? x).join(', ');
}
const quandDe = (le: Date | null) => (le ? `, le ${jourEtHeure(le)}` : '');

interface ConflictPageProps {
  formulaire: FormulairePartage;
  r: Heurt;
  /** Fields of the form that are not compared and go with it: a reason, the item on the screen. */
  masques?: FormProps['masques'];
}

/** Two people changed the same thing: both versions, field by field, and one form to make a single one of them. */
function ConflictPage({ formulaire: f, r, masques }: ConflictPageProps) {
  const par = r.actuel.par || UNE_AUTRE;
  const courts = r.ecarts.filter((e) => !champDe(f, e.champ).long);
  const longs = r.ecarts.filter((e) => champDe(f, e.champ).long);
  const enLong = new Set(longs.map((e) => e.champ));
  const erreurs = r.oublies.map((champ) => ({ champ: `choix.${champ}`, message: `Choisissez ce qui est gardé : ${champDe(f, champ).libelle}.` }));
  return (
    <>
      <ErrorSummary erreurs={erreurs} />
      <PageHeader titre={MODIFIE_ENTRE_TEMPS} surtitre={f.objet} />
      <NotificationBanner ton="alerte" id="conflit">
        {`${par} a enregistré d’autres changements${quandDe(r.actuel.le)}, pendant que vous écriviez. Rien n’est perdu et rien n’est encore enregistré de votre côté : choisissez ci-dessous, puis enregistrez.`}
      </NotificationBanner>
      <Form
        action={f.action}
        masques={{
          ...masques,
          ...Object.fromEntries(Object.entries(r.champs).flatMap(([champ, v]) => (enLong.has(champ) ? [] : [[champ, typeof v === 'string' ? v : ['', ...v]]]))),
          version: String(r.actuel.version),
          _vu: JSON.stringify(r.actuel.champs),
          _a_choisir: courts.map((e) => e.champ),
        }}
      >
        {courts.map((e) => {
          const c = champDe(f, e.champ);
          return (
            <Radios
              key={e.champ}
              nom={`choix.${e.champ}`}
              legende={c.libelle}
              erreur={erreurs.find((x) => x.champ === `choix.${e.champ}`)?.message}
              options={[
                { valeur: 'actuelle', libelle: direChamp(c, e.actuelle), aide: `Ce que ${r.actuel.par || 'l’autre personne'} a enregistré` },
                { valeur: 'mienne', libelle: direChamp(c, e.mienne), aide: 'Ce que vous avez écrit' },
              ]}
            />
          );
        })}
        {longs.map((e) => {
          const c = champDe(f, e.champ);
          const [base, un, deux] = [e.base, e.actuelle, e.mienne].map((v) => (v === null || v === undefined ? null : [v].flat().join('\n'))) as [
            string | null,
            string,
            string,
          ];
          return (
            <Section key={e.champ} titre={c.libelle}>
              <Columns>
                <Section titre={`Enregistré par ${r.actuel.par || 'une autre personne'}`} niveau={3}>
                  <p className="c-texte-brut c-conflit__autre">{un || '(vide)'}</p>
                </Section>
                <Section titre="Le vôtre" niveau={3}>
                  <p className="c-texte-brut c-conflit__autre">{deux || '(vide)'}</p>
                </Section>
              </Columns>
              <Textarea
                nom={e.champ}
                libelle={`${c.libelle} : le texte à garder`}
                aide="Les deux textes y sont réunis : gardez, retirez ou réécrivez."
                lignes={10}
                valeur={reunir(base, un, deux)}
              />
            </Section>
          );
        })}
        <Venus f={f} r={r} />
        <ActionBar>
          <Button>Enregistrer ces choix</Button>
          <a className="govuk-link" href={f.retour}>
            Garder ce qui est enregistré
          </a>
        </ActionBar>
      </Form>
    </>
  );
}

/** What another person changed and that does not meet one's own changes. */
function Venus({ f, r }: { f: FormulairePartage; r: Rapproche }) {
  if (r.venus.length === 0) return null;
  return (
    <Section titre={`Changé par ${r.actuel.par || 'une autre personne'}, et gardé`}>
      <SummaryList lignes={r.venus.map((e) => ({ cle: champDe(f, e.champ).libelle, valeur: direChamp(champDe(f, e.champ), e.actuelle) }))} />
    </Section>
  );
}

/** Saved: two people changed different fields, both changes are kept, and it is said. */
function MergedPage({ formulaire: f, r, vers }: { formulaire: FormulairePartage; r: Rapproche; vers: string }) {
  const noms = r.venus.map((e) => `« ${champDe(f, e.champ).libelle} »`);
  return (
    <>
      <PageHeader titre="Enregistré" surtitre={f.objet} />
      <NotificationBanner ton="succes" id="reunis">
        {`${r.actuel.par || UNE_AUTRE} a changé ${enumerer(noms)} entre-temps${quandDe(r.actuel.le)} ; les deux changements sont gardés.`}
      </NotificationBanner>
      <Venus f={f} r={r} />
      <p className="govuk-body">
        <a className="govuk-link" href={vers}>
          Continuer
        </a>
      </p>
    </>
  );
}

interface RemovalPageProps {
  formulaire: FormulairePartage;
  actuel: Rapproche['actuel'];
  /** Changed since the person saw it. */
  ecarts: readonly Ecart[];
  /** « Enlever ce point ». */
  acte: string;
  masques?: FormProps['masques'];
}
/** Someone changed what is about to be taken away: what it says now, then the act again. */
function RemovalPage({ formulaire: f, actuel, ecarts, acte, masques }: RemovalPageProps) {
  return (
    <>
      <PageHeader titre={MODIFIE_ENTRE_TEMPS} surtitre={f.objet} />
      <NotificationBanner ton="alerte" id="conflit">
        {`${actuel.par || UNE_AUTRE} a enregistré des changements${quandDe(actuel.le)}, après que vous avez ouvert la page. Rien n’est encore retiré : lisez-les, puis décidez.`}
      </NotificationBanner>
      <SummaryList lignes={ecarts.map((e) => ({ cle: champDe(f, e.champ).libelle, valeur: direChamp(champDe(f, e.champ), e.actuelle) }))} />
      <Form action={f.action} masques={{ ...masques, version: String(actuel.version), _vu: JSON.stringify(actuel.champs) }}>
        <ActionBar>
          <Button variante="danger">{acte}</Button>
          <a className="govuk-link" href={f.retour}>
            Garder
          </a>
        </ActionBar>
      </Form>
    </>
  );
}
export const removalPage = <C extends object>(cadre: C, props: RemovalPageProps) => ({
  ...cadre,
  titre: MODIFIE_ENTRE_TEMPS,
  statut: 409,
  corps: <RemovalPage {...props} />,
});

/** The page of a conflict, to be answered as it is; `cadre` says where it stands. */
export const conflictPage = <C extends object>(cadre: C, props: ConflictPageProps) => ({
  ...cadre,
  titre: MODIFIE_ENTRE_TEMPS,
  statut: props.r.statut,
  corps: <ConflictPage {...props} />,
});
/** The page that says that both changes are kept. */
export const mergedPage = <C extends object>(cadre: C, formulaire: FormulairePartage, r: Rapproche, vers: string) => ({
  ...cadre,
  titre: 'Enregistré',
  corps: <MergedPage formulaire={formulaire} r={r} vers={vers} />,
});

const EXEMPLE: FormulairePartage = {
  objet: 'Séance du 14 janvier',
  action: '/exemple',
  retour: '/exemple',
  champs: { 'ex-lieu': { libelle: 'Lieu' }, 'ex-mot': { libelle: 'Mot d’accompagnement', long: true }, 'ex-titre': { libelle: 'Titre' } },
};
const ACTUEL = {
  version: 3,
  par: 'Claire Fontaine',
  le: new Date('2026-11-23T09:12:00Z'),
  champs: { 'ex-titre': 'Séance de janvier', 'ex-lieu': 'Salle des mariages', 'ex-mot': 'Bonjour,\nMerci de venir.' },
};
export const examples: Example[] = [
  {
    nom: 'Deux personnes ont changé le même champ',
    rendu: (
      <ConflictPage
        formulaire={EXEMPLE}
        r={{
          actuel: ACTUEL,
          champs: { ...ACTUEL.champs, 'ex-lieu': 'Salle du conseil', 'ex-mot': 'Bonjour à tous,\nMerci.' },
          venus: [{ champ: 'ex-titre', base: 'Séance', actuelle: 'Séance de janvier', mienne: 'Séance' }],
          ecarts: [
            { champ: 'ex-lieu', base: '', actuelle: 'Salle des mariages', mienne: 'Salle du conseil' },
            { champ: 'ex-mot', base: 'Bonjour,\nMerci.', actuelle: 'Bonjour,\nMerci de venir.', mienne: 'Bonjour à tous,\nMerci.' },
          ],
          oublies: [],
          statut: 409,
        }}
      />
    ),
  },
  {
    nom: 'Deux changements gardés',
    rendu: (
      <MergedPage
        formulaire={EXEMPLE}
        r={{ actuel: ACTUEL, champs: ACTUEL.champs, venus: [{ champ: 'ex-lieu', base: '', actuelle: 'Salle des mariages', mienne: '' }] }}
        vers="/exemple"
      />
    ),
  },
];
