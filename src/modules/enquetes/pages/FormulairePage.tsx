import type { ErreurDeChamp } from '../../../core/errors.ts';
import { Button } from '../../../ui/Button.tsx';
import { Checkboxes, Radios } from '../../../ui/Choices.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { Form } from '../../../ui/Form.tsx';
import { InsetText } from '../../../ui/InsetText.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { Textarea } from '../../../ui/Textarea.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { type Enquete, type Langue, type Question, questionsDe, valeursDe } from '../definition/definition.schema.ts';
import { direJour, MOTS } from '../repondre/mots.ts';
import { champDe, type Saisie } from '../repondre/reponse.rules.ts';

interface Props {
  enquete: Enquete;
  langue: Langue;
  /** Where it is sent, which is where it is read. */
  action: string;
  fin: string;
  saisie: Saisie;
  erreurs: readonly ErreurDeChamp[];
}

/** The questionnaire: every question on one page, what depends on an answer says on which. */
export function FormulairePage({ enquete: e, langue, action, fin, saisie, erreurs }: Props) {
  const mots = MOTS[langue];
  const autre = e.langues.find((l) => l !== langue);
  return (
    <>
      {autre && (
        <p className="govuk-body">
          <a className="govuk-link" href={`${action}?langue=${autre}`} hrefLang={autre} lang={autre}>
            {mots.autreLangue}
          </a>
        </p>
      )}
      <ErrorSummary erreurs={erreurs} titre={mots.erreurs(erreurs.length)} />
      <PageHeader titre={e.titre[langue]} chapo={`${e.objet[langue]} ${mots.jusquau(direJour(fin, langue))}`} />
      <InsetText>{mots.anonyme}</InsetText>
      <Form action={action} masques={{ langue }}>
        {e.sections.map((s) => (
          <Section key={s.titre.fr} titre={s.titre[langue]}>
            {s.questions.map((q) => (
              <Champ key={q.code} q={q} e={e} langue={langue} dites={saisie.get(q.code) ?? []} erreur={erreurs.find((x) => x.champ === champDe(q))?.message} />
            ))}
          </Section>
        ))}
        <Button>{mots.bouton}</Button>
      </Form>
    </>
  );
}

/** « Si vous avez répondu « a » ou « b » à « … ». » */
function condition(q: Question, e: Enquete, langue: Langue): string {
  const avant = questionsDe(e).find((x) => x.code === q.si?.question);
  if (!q.si || !avant) return '';
  const mots = MOTS[langue];
  const dites = valeursDe(avant).filter((o) => q.si?.dans.includes(o.code));
  return mots.si(avant.libelle[langue].replace(/\s*[?:]\s*$/, ''), dites.map((o) => mots.citer(o.libelle[langue])).join(mots.ou));
}

function Champ({ q, e, langue, dites, erreur }: { q: Question; e: Enquete; langue: Langue; dites: readonly string[]; erreur: string | undefined }) {
  const mots = MOTS[langue];
  const nom = champDe(q);
  const [une = ''] = dites;
  const libelle = q.obligatoire ? (
    q.libelle[langue]
  ) : (
    <>
      {q.libelle[langue]} <span className="c-facultatif">({mots.facultatif})</span>
    </>
  );
  const dit = [condition(q, e, langue), q.aide?.[langue] ?? '', q.type === 'texte' ? mots.sansNom : ''].filter(Boolean).join(' ');
  const commun = { nom, erreur, aide: dit === '' ? undefined : dit };
  const options = valeursDe(q).map((o) => ({ valeur: o.code, libelle: o.libelle[langue] }));
  if (q.type === 'plusieurs') return <Checkboxes {...commun} legende={libelle} options={options} valeurs={dites} />;
  if (q.type === 'choix' || q.type === 'echelle') return <Radios {...commun} legende={libelle} options={options} valeur={une} enLigne={q.type === 'echelle'} />;
  if (q.type === 'nombre') return <TextInput {...commun} libelle={libelle} libelleTaille="s" valeur={une} type="number" inputMode="numeric" largeur={5} />;
  return <Textarea {...commun} libelle={libelle} libelleTaille="s" valeur={une} lignes={4} />;
}

/** What is said instead of the form, or after it. */
export function AvisPage({ titre, texte, langue }: { titre: string; texte: readonly string[]; langue: Langue }) {
  return (
    <>
      <PageHeader titre={titre} />
      {texte.map((t) => (
        <p key={t} className="govuk-body">
          {t}
        </p>
      ))}
      <p className="govuk-body">
        <a className="govuk-link" href="/enquetes">
          {MOTS[langue].pageDesEnquetes}
        </a>
      </p>
    </>
  );
}
