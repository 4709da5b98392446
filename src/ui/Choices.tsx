import type { ReactNode } from 'react';
import { ErrorMessage } from './ErrorMessage.tsx';
import { Fieldset } from './Fieldset.tsx';
import { useMotsDesChamps } from './mots-des-champs.ts';
import { cx, type Example } from './types.ts';

interface Choix {
  valeur: string;
  libelle: ReactNode;
  aide?: ReactNode;
  /** Fields that open when this answer is chosen; always open without JavaScript. */
  contenu?: ReactNode;
  desactive?: boolean;
}
interface ChoicesProps {
  nom: string;
  /** Where the same name is in several forms of a page: its own. */
  id?: string;
  legende: ReactNode;
  options: readonly Choix[];
  aide?: ReactNode;
  erreur?: string;
  petit?: boolean;
  facultatif?: boolean;
}
export interface RadiosProps extends ChoicesProps {
  valeur?: string | null;
  enLigne?: boolean;
}
export interface CheckboxesProps extends ChoicesProps {
  valeurs?: readonly string[];
}

const Facultatif = () => <span className="c-facultatif"> ({useMotsDesChamps().facultatif})</span>;
const legendeDe = (p: ChoicesProps) => (
  <>
    {p.legende}
    {p.facultatif && <Facultatif />}
  </>
);
/** The first box takes the name as id, so that the error summary finds it. */
const idOption = (nom: string, rang: number) => (rang === 0 ? nom : `${nom}-${rang + 1}`);

/** One answer among a few. */
export function Radios(p: RadiosProps) {
  return (
    <Fieldset legende={legendeDe(p)} aide={p.aide} erreur={p.erreur} taille="s" id={p.id ?? p.nom}>
      <div className={cx('govuk-radios', p.enLigne && 'govuk-radios--inline', p.petit && 'govuk-radios--small')} data-module="govuk-radios">
        {p.options.map((o, rang) => {
          const id = idOption(p.id ?? p.nom, rang);
          return (
            <Avec key={o.valeur} contenu={o.contenu} id={`${id}-suite`} classe="govuk-radios__conditional" ouvert={p.valeur === o.valeur}>
              <div className="govuk-radios__item">
                <input
                  className="govuk-radios__input"
                  id={id}
                  name={p.nom}
                  type="radio"
                  value={o.valeur}
                  defaultChecked={p.valeur === o.valeur}
                  disabled={o.desactive}
                  data-aria-controls={o.contenu ? `${id}-suite` : undefined}
                  aria-describedby={o.aide ? `${id}-aide-option` : undefined}
                />
                <label className="govuk-label govuk-radios__label" htmlFor={id}>
                  {o.libelle}
                </label>
                {o.aide && (
                  <div id={`${id}-aide-option`} className="govuk-hint govuk-radios__hint">
                    {o.aide}
                  </div>
                )}
              </div>
            </Avec>
          );
        })}
      </div>
    </Fieldset>
  );
}

/** Several answers among a few. */
export function Checkboxes(p: CheckboxesProps) {
  const cochees = new Set(p.valeurs);
  return (
    <Fieldset legende={legendeDe(p)} aide={p.aide} erreur={p.erreur} taille="s" id={p.id ?? p.nom}>
      <div className={cx('govuk-checkboxes', p.petit && 'govuk-checkboxes--small')} data-module="govuk-checkboxes">
        {p.options.map((o, rang) => {
          const id = idOption(p.id ?? p.nom, rang);
          return (
            <Avec key={o.valeur} contenu={o.contenu} id={`${id}-suite`} classe="govuk-checkboxes__conditional" ouvert={cochees.has(o.valeur)}>
              <Case id={id} nom={p.nom} option={o} coche={cochees.has(o.valeur)} />
            </Avec>
          );
        })}
      </div>
    </Fieldset>
  );
}

function Case({ id, nom, option: o, coche, decritPar }: { id: string; nom: string; option: Choix; coche: boolean; decritPar?: string }) {
  return (
    <div className="govuk-checkboxes__item">
      <input
        className="govuk-checkboxes__input"
        id={id}
        name={nom}
        type="checkbox"
        value={o.valeur}
        defaultChecked={coche}
        disabled={o.desactive}
        data-aria-controls={o.contenu ? `${id}-suite` : undefined}
        aria-describedby={cx(o.aide ? `${id}-aide-option` : null, decritPar) || undefined}
      />
      <label className="govuk-label govuk-checkboxes__label" htmlFor={id}>
        {o.libelle}
      </label>
      {o.aide && (
        <div id={`${id}-aide-option`} className="govuk-hint govuk-checkboxes__hint">
          {o.aide}
        </div>
      )}
    </div>
  );
}

function Avec({ contenu, id, classe, ouvert, children }: { contenu: ReactNode; id: string; classe: string; ouvert: boolean; children: ReactNode }) {
  if (!contenu) return children;
  return (
    <>
      {children}
      <div className={cx(classe, !ouvert && `${classe}--hidden`)} id={id}>
        {contenu}
      </div>
    </>
  );
}

export interface CheckboxProps {
  nom: string;
  /** Where a page has several of that name. */
  id?: string;
  libelle: ReactNode;
  valeur?: string;
  coche?: boolean;
  aide?: ReactNode;
  erreur?: string;
}

/** One box alone: a consent, a yes. */
export function Checkbox({ nom, id = nom, libelle, valeur = 'oui', coche = false, aide, erreur }: CheckboxProps) {
  return (
    <div className={cx('govuk-form-group', erreur && 'govuk-form-group--error')}>
      {erreur && <ErrorMessage id={`${id}-erreur`}>{erreur}</ErrorMessage>}
      <div className="govuk-checkboxes govuk-checkboxes--small" data-module="govuk-checkboxes">
        <Case id={id} nom={nom} option={{ valeur, libelle, aide }} coche={coche} decritPar={erreur ? `${id}-erreur` : undefined} />
      </div>
    </div>
  );
}

export const examples: Example[] = [
  {
    nom: 'Une réponse',
    rendu: (
      <Radios
        nom="ex-suite"
        legende="Quelle suite donnez-vous ?"
        valeur="traite"
        options={[
          { valeur: 'traite', libelle: 'Traité', aide: 'Le demandeur reçoit votre réponse.' },
          { valeur: 'transmis', libelle: 'Transmis à un autre service' },
          { valeur: 'clos', libelle: 'Clos sans suite' },
        ]}
      />
    ),
  },
  {
    nom: 'Une réponse, en ligne, avec erreur',
    rendu: (
      <Radios
        nom="ex-public"
        legende="Public ?"
        enLigne
        petit
        erreur="Dites si la séance est publique."
        options={[
          { valeur: 'oui', libelle: 'Oui' },
          { valeur: 'non', libelle: 'Non' },
        ]}
      />
    ),
  },
  {
    nom: 'Plusieurs réponses',
    rendu: (
      <Checkboxes
        nom="ex-themes"
        legende="Thèmes abordés"
        aide="Cochez tout ce qui convient."
        petit
        valeurs={['rixes']}
        options={[
          { valeur: 'rixes', libelle: 'Rixes' },
          { valeur: 'numerique', libelle: 'Usages numériques' },
          { valeur: 'addictions', libelle: 'Addictions' },
        ]}
      />
    ),
  },
  { nom: 'Case seule', rendu: <Checkbox nom="ex-accord" libelle="J’ai prévenu les personnes présentes" /> },
];
