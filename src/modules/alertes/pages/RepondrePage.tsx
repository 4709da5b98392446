import { Button } from '../../../ui/Button.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { Form } from '../../../ui/Form.tsx';
import { InsetText } from '../../../ui/InsetText.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { SummaryList } from '../../../ui/SummaryList.tsx';
import { motDe } from '../../../ui/types.ts';
import { jourEtHeure } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { Alerte } from '../alerte/alertes.queries.ts';
import { REPONSES } from '../alerte/conduire.ts';
import type { Envoi } from '../envois/envois.queries.ts';
import { direGenre, direLieu, direPalier } from '../envois/lettres.rules.ts';
import { libelleDeFonction } from '../reglement/reglement.ts';
import type { Reglement } from '../reglement/reglement.schema.ts';
import { ValiderForms } from './AlerteFormulaires.tsx';
import { Exercice, moment } from './mots.tsx';

const FINS: Readonly<Record<string, string>> = {
  levee: 'Cette alerte est levée. Merci.',
  close: 'Cette alerte est close. Merci.',
  ecartee: 'Cette alerte a été écartée : elle ne part pas.',
};
/** Of a request to validate that had its answer. */
const DEJA = 'Cette demande a sa réponse.';
const DITES: Readonly<Record<string, string>> = { ...REPONSES, valide: 'Validée', ecarte: 'Écartée' };

/** One screen of a phone: what, where, three large buttons. */
export function RepondrePage(p: {
  catalogue: Catalogue;
  reglement: Reglement;
  alerte: Alerte;
  envoi: Envoi;
  /** The link still answers something. */
  sert: boolean;
  /** Something is still awaited: what it is about is told. */
  faits: boolean;
  ici: string;
  /** Whom it would tell, of a request to validate. */
  prevenus: number;
  maintenant: Date;
  dit: string;
  champs: Readonly<Record<string, string>>;
  erreur: string | undefined;
}) {
  const { catalogue: cat, alerte: a, envoi: e } = p;
  const champEnFaute = e.genre === 'validation' ? 'motif' : 'reponse';
  const erreurs = p.erreur ? [{ champ: champEnFaute, message: p.erreur }] : [];
  const attend = p.sert && (e.genre === 'validation' ? a.etat === 'a-valider' : a.etat === 'diffusee');
  const ligne = (cle: string, valeur: string) => (valeur ? [{ cle, valeur }] : []);
  return (
    <div className="c-alerte-courte">
      <ErrorSummary erreurs={erreurs} />
      {a.exercice && <Exercice />}
      <PageHeader surtitre={libelleDeFonction(p.reglement, e.fonction)} titre={`${direPalier(cat, a.palier)}, ${direLieu(cat, a.territoireId)}`} />
      {p.dit && <InsetText>{p.dit}</InsetText>}
      {p.faits && (
        <SummaryList
          serre
          lignes={[
            ...ligne('Quoi', direGenre(cat, a.genre)),
            ...ligne('Où', a.lieu),
            ...ligne('Quand', jourEtHeure(a.debut)),
            ...ligne('En quelques mots', a.faits),
            ...ligne('Sans réponse', attend && e.genre === 'validation' && a.validerAvant ? `elle part à ${moment(a.validerAvant, p.maintenant)}` : ''),
          ]}
        />
      )}
      {e.reponse && e.reponduLe && (
        <p className="govuk-body">
          Votre réponse : « {motDe(DITES, e.reponse)} », à {moment(e.reponduLe, p.maintenant)}.
        </p>
      )}
      {!attend && !p.dit && <p className="govuk-body">{FINS[a.etat] ?? DEJA}</p>}
      {attend && e.genre === 'validation' && (
        <ValiderForms base={p.ici} prevenus={p.prevenus} valider={p.ici} ecarter={p.ici} champs={p.champs} erreurs={erreurs} />
      )}
      {attend && e.genre === 'accuse' && (
        <Form action={p.ici}>
          <div id="reponse">
            {Object.entries(REPONSES)
              .filter(([code]) => code !== e.reponse)
              .map(([code, libelle]) => (
                <Button key={code} nom="reponse" valeur={code} variante={code === 'vais' ? 'principal' : 'secondaire'}>
                  {libelle}
                </Button>
              ))}
          </div>
        </Form>
      )}
    </div>
  );
}
