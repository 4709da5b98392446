import type { ReactNode } from 'react';
import { ActionBar } from '../../../../ui/ActionBar.tsx';
import { Button } from '../../../../ui/Button.tsx';
import { Confirmer } from '../../../../ui/Confirmer.tsx';
import { DateInput } from '../../../../ui/DateInput.tsx';
import { Details } from '../../../../ui/Details.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import { enumerer } from '../../../../ui/typographie.ts';
import type { Activite } from '../../activite.ts';
import { type Brut, un } from '../../brut.rules.ts';
import { Entree } from '../../champs.tsx';
import type { Champ, DefinitionRegistre } from '../../definition.ts';
import { plusJours } from '../../../echeances/index.ts';
import { EntreeEtape } from '../../etapes/pages/EntreeEtape.tsx';
import type { Choix } from '../../liens/liens.ts';
import { AutresPreuves } from '../../preuves/pages/AutresPreuves.tsx';
import { ComptePour, enBref } from '../../preuves/pages/ComptePour.tsx';
import type { Proposition } from '../../preuves/proposition.ts';
import type { Repertoire } from '../../registres.repertoire.ts';
import { SUITE } from '../defauts.ts';
import { estRempli, ordreDeSaisie, VERIFIER } from '../ordre.rules.ts';
import { EntreeActeur, EntreeTerritoire, ListesCherchees } from './Cherche.tsx';

export interface RecordFormProps {
  d: DefinitionRegistre;
  rep: Repertoire;
  titre: string;
  action: string;
  brut: Brut;
  erreurs: readonly ErreurDeChamp[];
  /** Where « Annuler » goes. */
  retour: string;
  /** Organisations that the person may record for; all when null. */
  organisations: readonly string[] | null;
  /** Territories that the person may record in; all when null. */
  territoires: readonly string[] | null;
  /** A correction: what it corrects, and its reason is asked. Null for a new record. */
  masques: Readonly<Record<string, string>> | null;
  /** Surprising, and yet allowed: asked before it is saved. They are among `erreurs`, to be told at their fields. */
  etonnements?: readonly ErreurDeChamp[];
  lignesVides: number;
  choix: Choix;
  /** What it counts for as far as it says, and the action lines that it may be evidence for. */
  proposition: Proposition;
  detailsOuverts: boolean;
  /** Boundaries are known: « ici » means something. */
  localisable: boolean;
  aujourdhui: string;
  /** Just saved: the form is that of the next one. */
  suiteDe: Activite | null;
  /** Labels of what was taken from the last record. */
  repris: readonly string[];
}

/** The form of any register, made from its definition: what matters first, the rest behind a title that opens on an error. */
export function RecordForm(p: RecordFormProps) {
  const { d, rep, brut, erreurs } = p;
  const champ = (nom: string) => ({ nom, valeur: un(brut, nom), erreur: erreurDe(erreurs, nom) });
  const ordre = ordreDeSaisie(d);
  const nouveau = p.masques === null;
  const entree = (c: Champ) => (
    <Demande key={c.code} champ={c} brut={brut}>
      <Entree champ={c} brut={brut} erreurs={erreurs} rep={rep} lignesVides={p.lignesVides} choix={p.choix} />
    </Demande>
  );
  const organisation = <Organisation {...p} />;
  const choisit = p.organisations === null || p.organisations.length > 1;
  return (
    <>
      <ErrorSummary erreurs={erreurs} />
      {p.suiteDe && (
        <p className="c-enreg__suite" role="status">
          C’est enregistré :{' '}
          <a className="govuk-link" href={`/registres/${d.code}/${p.suiteDe.id}`}>
            {p.suiteDe.contenu.titre}
          </a>
          . Voici le formulaire suivant, sans les nombres.
        </p>
      )}
      <PageHeader titre={p.titre} chapo={<p className="c-enreg__objet">{d.objet}</p>} />
      <Form
        action={p.action}
        masques={{ ...p.masques, lignes_vides: String(p.lignesVides), fiches: '', lignes: '' }}
        classe="c-enreg"
        donnees={{ 'data-saisie': `/registres/${d.code}` }}
      >
        {/* What the Enter key sends: the first button of a form, whatever stands before the real one. */}
        <button type="submit" className="govuk-visually-hidden" tabIndex={-1} aria-hidden="true">
          Enregistrer
        </button>
        <ListesCherchees rep={rep} territoires={p.territoires} acteurs={p.organisations === null || d.champs.some((c) => c.type === 'acteur')} />
        {ordre.quoi.map(entree)}
        <div className="c-enreg__jour">
          <DateInput {...champ('jour')} libelle={d.jour} />
          {nouveau && d.sens.jour === 'fait' && <BoutonHier aujourdhui={p.aujourdhui} />}
        </div>
        <div className="c-enreg__lieu">
          <EntreeTerritoire {...champ('territoire_id')} libelle="Territoire" aide="Nom ou numéro, au plus précis." rep={rep} />
          {p.localisable && <BoutonIci />}
        </div>
        {choisit && organisation}
        {ordre.tete.map(entree)}
        {ordre.requis.map(entree)}
        {p.repris.length > 0 && <p className="govuk-hint">{`Repris du dernier enregistrement, à vérifier : ${enumerer(p.repris)}.`}</p>}
        <Details resume="Plus de détails" ouvert={p.detailsOuverts} id="details">
          {d.etapes && <EntreeEtape brut={brut} erreurs={erreurs} nouveau={nouveau} />}
          {d.fin && <DateInput {...champ('fin')} libelle={d.fin} facultatif />}
          <TextInput
            {...champ('titre')}
            libelle="Titre"
            aide="Ce que l’on lira dans les listes, sans nom de personne. Sans titre, on y lira ce que c’est et où."
            facultatif
          />
          <TextInput {...champ('adresse')} libelle="Adresse ou lieu" facultatif />
          {!choisit && organisation}
          {ordre.details.map(entree)}
          {d.champs.some((c) => c.type === 'lignes') && (
            <Button variante="secondaire" petit nom="ajouter" valeur="lignes" sansVerification>
              Ajouter trois lignes
            </Button>
          )}
          <Textarea
            {...champ('commentaire')}
            libelle="Commentaire"
            aide="Sans nom de personne ni détail qui permette d’en reconnaître une."
            facultatif
            lignes={3}
            max={4000}
          />
          <AutresPreuves rep={rep} brut={brut} erreurs={erreurs} proposition={p.proposition} />
        </Details>
        {!nouveau && (
          <Section titre="Pourquoi cette correction">
            <TextInput {...champ('motif')} libelle="Motif de la correction" aide="Il reste dans l’historique, par exemple : « effectif recompté »." />
          </Section>
        )}
        <Section titre="Preuve pour le contrat" id="compte-pour">
          <div data-compte-pour="">
            <ComptePour d={d} rep={rep} brut={brut} proposition={p.proposition} />
          </div>
          <div data-sans-script="">
            <Button variante="secondaire" petit nom="ajouter" valeur={VERIFIER} sansVerification>
              Vérifier ce qui comptera
            </Button>
          </div>
        </Section>
        <Confirmer etonnements={p.etonnements ?? []} />
        <ActionBar>
          <p className="c-enreg__compte" data-compte-court="" aria-live="polite">
            {enBref(d, brut, p.proposition)}
          </p>
          <Button>Enregistrer</Button>
          {nouveau && (
            <Button variante="secondaire" nom={SUITE} valeur="oui">
              {`Enregistrer et ${d.genre === 'f' ? 'une autre' : 'un autre'}`}
            </Button>
          )}
          <a className="govuk-link" href={p.retour}>
            Annuler
          </a>
        </ActionBar>
      </Form>
    </>
  );
}

/** Asked of some types only: the island shows it for them. What holds a value always shows. */
function Demande({ champ: c, brut, children }: { champ: Champ; brut: Brut; children: ReactNode }) {
  if (!c.pour || estRempli(c, brut)) return children;
  return (
    <div data-pour={`donnees.${c.pour.champ}`} data-pour-valeurs={c.pour.valeurs.join(' ')}>
      {children}
    </div>
  );
}

function Organisation({ d, rep, brut, erreurs, organisations }: RecordFormProps) {
  const commun = { nom: 'organisation_id', valeur: un(brut, 'organisation_id'), erreur: erreurDe(erreurs, 'organisation_id'), libelle: d.organisation };
  if (organisations === null) return <EntreeActeur {...commun} rep={rep} />;
  const siennes = [...rep.acteurs.values()].filter((a) => organisations.includes(a.id));
  return <Select {...commun} options={siennes.map((a) => ({ valeur: a.id, libelle: a.nom }))} vide="Choisir" />;
}

/** Both need the island: hidden until it is there. */
const BoutonHier = ({ aujourdhui }: { aujourdhui: string }) => (
  <p className="c-enreg__aide" data-jour={plusJours(aujourdhui, -1)} hidden>
    <Button type="button" variante="secondaire" petit>
      Hier
    </Button>
  </p>
);
const BoutonIci = () => (
  <p className="c-enreg__aide" data-ici="" hidden>
    <Button type="button" variante="secondaire" petit>
      Ici
    </Button>
    <span role="status" />
  </p>
);

const NIVEAUX: Readonly<Record<string, string>> = {
  contrat: 'Tout le territoire',
  mairie: 'Mairies',
  arrondissement: 'Arrondissements',
  quartier: 'Quartiers',
};
export const optionsTerritoires = (rep: Repertoire) =>
  rep.niveaux().flatMap(({ niveau, territoires }) =>
    territoires.map((t) => {
      const parent = t.parent === null ? undefined : rep.territoires.get(t.parent);
      const precision = niveau === 'quartier' && parent ? ` (${parent.nom})` : '';
      return { valeur: t.id, libelle: `${t.nom}${precision}`, groupe: NIVEAUX[niveau] ?? niveau };
    }),
  );
