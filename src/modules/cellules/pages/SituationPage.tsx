import { Button, LinkButton } from '../../../ui/Button.tsx';
import { Checkbox } from '../../../ui/Choices.tsx';
import { Details } from '../../../ui/Details.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { Form } from '../../../ui/Form.tsx';
import { NotificationBanner } from '../../../ui/NotificationBanner.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { SummaryList } from '../../../ui/SummaryList.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { WarningText } from '../../../ui/WarningText.tsx';
import { jour, pluriel } from '../../../ui/typographie.ts';
import type { Charte, Titre } from '../charte/charte.schema.ts';
import { articleDe, direCode, direTitre, groupesPour } from '../charte/charte.rules.ts';
import { meneALaFin } from '../droits/droits.rules.ts';
import { ETATS, SUITES } from '../situations/situations.rules.ts';
import { direPalier } from './AccelereePage.tsx';
import { Lectures } from './ControlePages.tsx';
import { Apports, Designes, Examen, Informations, Orientations, type PropsDeSituation } from './SituationBlocs.tsx';

const GESTES = { recue: '', recevable: 'Déclarer recevable', examinee: '', suivie: 'Décider un suivi', close: 'Clore' } as const;

/** Why no identity is shown: said only of what this right opens, and of what opened. */
function sansIdentite(charte: Charte, titre: Titre, abimees: number): string {
  if (!groupesPour(charte, titre).has('identite')) return `À ce titre (${direTitre(charte, titre).toLowerCase()}), elle ne se lit pas.`;
  return abimees > 0 ? 'Aucune ne s’ouvre : elle n’a pas été donnée, ou sa partie est abîmée.' : 'Aucune : elle n’a pas été jugée nécessaire.';
}

export function SituationPage(p: PropsDeSituation) {
  const { vue: v, situation: s, charte, lue } = p;
  const chemin = `/cellules/${v.cellule.id}/situations/${s.id}`;
  const aDetruire = p.demandes.find(meneALaFin);
  const article = (g: 'saisine' | 'identite') => <span className="govuk-hint">Charte, article {articleDe(charte, g)}</span>;
  return (
    <>
      {p.lien && (
        <NotificationBanner ton="succes">
          <p className="govuk-body">
            Donnez ce lien au service qui reçoit l’orientation : il y répond sans compte, et n’y lit aucun nom. Il ne se montre qu’une fois ; perdu, il se
            refait.
          </p>
          <p className="govuk-body c-coupe">{p.lien}</p>
        </NotificationBanner>
      )}
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader
        titre={`Situation n° ${s.numero}`}
        surtitre={v.nom}
        etiquette={
          <>
            <Tag ton={s.etat === 'close' ? 'neutre' : 'bleu'}>{ETATS[s.etat]}</Tag> <Tag ton="laiton">Détruite le {jour(s.destructionLe)}</Tag>{' '}
            <Tag>{direTitre(charte, p.titre)}</Tag> <Examen situation={s} aujourdhui={v.aujourdhui} />
          </>
        }
      />
      {lue.abimees > 0 && (
        <WarningText>
          {`${pluriel(lue.abimees, 'partie de ce qui est écrit ne s’ouvre plus', 'parties de ce qui est écrit ne s’ouvrent plus')}. Prévenez votre administrateur : le miroir du trousseau ou une sauvegarde les garde peut-être.`}
        </WarningText>
      )}
      <Section titre="Saisine">
        {article('saisine')}
        <SummaryList
          lignes={[
            { cle: 'Entrée', valeur: jour(s.creeeLe) },
            ...(lue.saisine
              ? [
                  { cle: 'Origine', valeur: direCode(charte, 'origines', lue.saisine.origine) },
                  { cle: 'Difficulté', valeur: direCode(charte, 'difficultes', lue.saisine.difficulte) },
                  ...(lue.saisine.alerte
                    ? [{ cle: 'Voie', valeur: `Recours accéléré, alerte du ${jour(lue.saisine.alerte.le)} : ${direPalier(v, lue.saisine.alerte.palier)}` }]
                    : []),
                ]
              : []),
            { cle: 'État', valeur: `${ETATS[s.etat]}, le ${jour(s.etatLe)}` },
          ]}
        />
        {s.etat === 'recevable' && <p className="govuk-body">Elle s’examine en séance : la fermeture de son point le note.</p>}
        <div className="govuk-button-group">
          {(s.designe ? SUITES[s.etat] : []).map((etat) => (
            <Form key={etat} action={`${chemin}/avancer`} masques={{ etat, version: String(s.version) }}>
              <Button variante={etat === 'close' ? 'secondaire' : 'principal'}>{GESTES[etat]}</Button>
            </Form>
          ))}
        </div>
        {s.designe && (
          <p className="govuk-body">
            <a className="govuk-link" href={`${chemin}/rectifier`}>
              Corriger ce qui est écrit
            </a>
          </p>
        )}
      </Section>
      {!v.genre.sans_identite && (
        <Section titre="Identité">
          {article('identite')}
          {lue.identite ? (
            <SummaryList
              lignes={[
                { cle: 'Nom', valeur: lue.identite.nom },
                { cle: 'Prénom', valeur: lue.identite.prenom },
                { cle: 'Naissance', valeur: lue.identite.naissance },
              ]}
            />
          ) : (
            <p className="govuk-body">{sansIdentite(charte, p.titre, lue.abimees)}</p>
          )}
        </Section>
      )}
      <Apports {...p} chemin={chemin} />
      <Informations {...p} chemin={chemin} />
      <Orientations {...p} chemin={chemin} />
      <Designes {...p} chemin={chemin} />
      <Section titre="Qui a lu">
        <Lectures vue={v} charte={charte} lectures={p.lectures} />
        <p className="govuk-body">
          <a className="govuk-link" href={`/cellules/${v.cellule.id}/lectures?numero=${s.numero}`}>
            Toutes ses lectures
          </a>
        </p>
      </Section>
      {s.designe && (
        <Section titre="Droits de la personne">
          <p className="govuk-body">
            {p.demandes.some((d) => d.reponse === null)
              ? `${pluriel(p.demandes.filter((d) => d.reponse === null).length, 'demande attend une réponse', 'demandes attendent une réponse')}.`
              : 'Aucune demande n’attend de réponse.'}
          </p>
          <LinkButton href={`${chemin}/droits`} variante="secondaire">
            Demandes, notice et rapport
          </LinkButton>
        </Section>
      )}
      <Section titre="Fin" id="fin">
        <p className="govuk-body">
          Le {jour(s.destructionLe)}, sa clé est détruite. Il reste des nombres, un certificat sans nom et, un an, qui l’a lue et ce qui a été demandé pour
          elle.
        </p>
        {aDetruire && (
          <WarningText>{`Une demande accueillie le ${jour(aDetruire.repondueLe ?? aDetruire.recueLe)} demande sa destruction : elle n’est pas encore faite.`}</WarningText>
        )}
        {s.designe && (
          <Details resume="Détruire maintenant" ouvert={aDetruire !== undefined || p.erreurs.some((e) => e.champ === 'confirme')}>
            <Form action={`${chemin}/detruire`}>
              <Checkbox
                nom="confirme"
                libelle="Détruire cette situation pour toujours, sauvegardes comprises"
                erreur={p.erreurs.find((e) => e.champ === 'confirme')?.message}
              />
              <Button variante="danger">Détruire</Button>
            </Form>
          </Details>
        )}
      </Section>
    </>
  );
}
