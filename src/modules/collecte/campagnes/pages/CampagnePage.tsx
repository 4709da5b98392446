import { Pagination } from '../../../../ui/Pagination.tsx';
import type { EnPages } from '../../../../core/http/list-page.ts';
import { Button, LinkButton } from '../../../../ui/Button.tsx';
import { Details } from '../../../../ui/Details.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { Fait } from '../../../../ui/NotificationBanner.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { ProgressBar } from '../../../../ui/ProgressBar.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import { jour, jourEtHeure, nombre, pluriel } from '../../../../ui/typographie.ts';
import type { Catalogue } from '../../../contrats/index.ts';
import type { Acces, Avancement, Campagne, Remise } from '../campagnes.queries.ts';
import { EtatDeCampagne } from './CampagnesPage.tsx';

export interface CampagnePageProps {
  campagne: Campagne;
  catalogue: Catalogue;
  avancements: readonly Avancement[];
  /** Those that this reader may see. */
  acces: readonly Acces[];
  remises: EnPages<Remise>;
  mene: boolean;
  /** A link was made for this very reader. */
  sien: boolean;
  aujourdhui: string;
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
  fait: string;
}

const FAITS: Readonly<Record<string, string>> = {
  ouverte: 'La campagne est ouverte, sa liste est figée et les messages partent.',
  repondant: 'Un lien part à cette personne.',
  ferme: 'Ce lien ne sert plus.',
  relance: 'Le message repart à ceux qui n’ont pas tout donné.',
  rien: 'Personne à relancer : ceux qui n’ont pas tout donné ont déjà reçu un message aujourd’hui.',
  close: 'La campagne est close. Ce qui manque reste dû, chiffre par chiffre.',
};
const VOIES: Readonly<Record<string, string>> = { page: 'sur la page', collage: 'par collage', classeur: 'par classeur', courriel: 'par courriel' };

export function CampagnePage(p: CampagnePageProps) {
  const { campagne: k, catalogue: c } = p;
  const ici = `/collecte/campagnes/${k.id}`;
  const somme = (champ: 'demandes' | 'recues') => p.avancements.reduce((n, a) => n + a[champ], 0);
  const manquants = p.avancements.filter((a) => a.recues < a.demandes);
  const ouverts = (id: string) => p.acces.filter((a) => a.organisationId === id && !a.fermeLe);
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <Fait code={p.fait} mots={FAITS} />
      <PageHeader
        titre={k.titre}
        surtitre="Campagne de collecte"
        etiquette={<EtatDeCampagne campagne={k} aujourdhui={p.aujourdhui} />}
        chapo={k.message || undefined}
        actions={p.sien && !k.closeLe ? <LinkButton href={`${ici}/ma-page`}>Répondre</LinkButton> : undefined}
      />
      <p className="govuk-body">
        {`Ouverte le ${jourEtHeure(k.ouverteLe)} par ${k.ouvertePar}, pour le `}
        <strong>{jour(k.dueLe)}</strong>
        {k.closeLe ? `, close le ${jourEtHeure(k.closeLe)} par ${k.closePar}.` : '.'}
      </p>
      <ProgressBar
        libelle="Chiffres arrivés"
        fait={somme('recues')}
        total={somme('demandes')}
        termine
        detail={`${somme('recues')} sur ${somme('demandes')} arrivés ; ${
          manquants.length === 0
            ? 'aucun organisme ne manque'
            : `${pluriel(manquants.length, 'organisme')} n’${manquants.length > 1 ? 'ont' : 'a'} pas tout donné`
        }`}
      />
      <Section titre="Par organisme">
        <Table<Avancement>
          legende="Ce qui est arrivé de chaque organisme"
          legendeMasquee
          dense
          colonnes={[
            { cle: 'nom', titre: 'Organisme', entete: true, cellule: (a) => c.nomActeur(a.organisationId) },
            { cle: 'demandes', titre: 'Demandés', numerique: true, cellule: (a) => nombre(a.demandes) },
            { cle: 'recues', titre: 'Arrivés', numerique: true, cellule: (a) => nombre(a.recues) },
            {
              cle: 'qui',
              titre: 'Répond',
              cellule: (a) =>
                ouverts(a.organisationId)
                  .map((x) => `${x.nom}${x.vuLe ? ' (a commencé)' : ''}`)
                  .join(', ') || (p.mene ? 'personne' : ''),
            },
            {
              cle: 'liste',
              titre: 'Détail',
              titreMasque: true,
              cellule: (a) => (
                <a className="govuk-link" href={`/chiffres?aupres=${encodeURIComponent(a.organisationId)}`}>
                  Voir ses chiffres
                  <span className="govuk-visually-hidden">{` : ${c.nomActeur(a.organisationId)}`}</span>
                </a>
              ),
            },
          ]}
          lignes={[...p.avancements].sort(
            (x, y) => y.demandes - y.recues - (x.demandes - x.recues) || c.nomActeur(x.organisationId).localeCompare(c.nomActeur(y.organisationId), 'fr'),
          )}
          cle={(a) => a.organisationId}
        />
      </Section>
      {p.remises.lignes.length > 0 && (
        <Section titre="Ce qui est arrivé" id="remises">
          <ul className="govuk-list">
            {p.remises.lignes.map((r) => (
              <li key={`${r.accesId}${r.le.toISOString()}`}>
                {`${jourEtHeure(r.le)} : ${pluriel(r.contributions, 'chiffre')} de ${c.nomActeur(r.organisationId)}, par ${r.nom}, ${VOIES[r.voie] ?? r.voie}`}
              </li>
            ))}
          </ul>
          {p.remises.pages && <Pagination {...p.remises.pages} objet="envoi" />}
        </Section>
      )}
      {p.mene && !k.closeLe && <Mener {...p} ici={ici} manquants={manquants.length} />}
    </>
  );
}

/** What the coordination does of an open campaign. */
function Mener(p: CampagnePageProps & { ici: string; manquants: number }) {
  const { catalogue: c, ici } = p;
  const ouverts = p.acces.filter((a) => !a.fermeLe);
  return (
    <Section titre="Mener la campagne">
      {p.manquants > 0 && (
        <Form action={`${ici}/relancer`}>
          <Button variante="secondaire">Relancer ceux qui n’ont pas tout donné</Button>
        </Form>
      )}
      <Details resume="Désigner quelqu’un pour répondre" ouvert={p.erreurs.length > 0} id="repondant">
        <Form action={`${ici}/repondants`}>
          <Select
            nom="organisation"
            libelle="Organisme"
            vide="choisir"
            valeur={p.champs.organisation}
            options={p.avancements.map((a) => ({ valeur: a.organisationId, libelle: c.nomActeur(a.organisationId) }))}
            erreur={erreurDe(p.erreurs, 'organisation')}
          />
          <TextInput nom="nom" libelle="Nom" valeur={p.champs.nom} erreur={erreurDe(p.erreurs, 'nom')} />
          <TextInput nom="courriel" libelle="Adresse électronique" type="email" valeur={p.champs.courriel} erreur={erreurDe(p.erreurs, 'courriel')} />
          <Button variante="secondaire">Lui envoyer un lien</Button>
        </Form>
      </Details>
      {ouverts.length > 0 && (
        <Details resume={`Liens ouverts (${ouverts.length})`}>
          <Table<Acces>
            legende="Liens ouverts"
            legendeMasquee
            dense
            colonnes={[
              { cle: 'nom', titre: 'Personne', entete: true, cellule: (a) => `${a.nom}, ${a.courriel}` },
              { cle: 'organisme', titre: 'Pour', cellule: (a) => c.nomActeur(a.organisationId) },
              { cle: 'quoi', titre: 'Chiffres', cellule: (a) => (a.mesures.length === 0 ? 'tous' : pluriel(a.mesures.length, 'mesure')) },
              { cle: 'envoye', titre: 'Écrit le', cellule: (a) => (a.envoyeLe ? jourEtHeure(a.envoyeLe) : 'jamais') },
              {
                cle: 'fermer',
                titre: 'Fermer',
                titreMasque: true,
                cellule: (a) => (
                  <Form action={`${ici}/repondants/${a.id}/fermer`}>
                    <Button variante="discret">
                      Fermer
                      <span className="govuk-visually-hidden">{` le lien de ${a.nom}`}</span>
                    </Button>
                  </Form>
                ),
              },
            ]}
            lignes={ouverts}
            cle={(a) => a.id}
          />
        </Details>
      )}
      <Details resume="Clore la campagne">
        <p className="govuk-body">Les liens ne serviront plus. Ce qui manque reste dû, chiffre par chiffre, et se donne une fois connecté.</p>
        <Form action={`${ici}/clore`}>
          <Button variante="danger">Clore</Button>
        </Form>
      </Details>
    </Section>
  );
}
