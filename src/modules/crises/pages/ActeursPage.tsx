import { Button } from '../../../ui/Button.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { Form } from '../../../ui/Form.tsx';
import { NotificationBanner } from '../../../ui/NotificationBanner.tsx';
import { Section } from '../../../ui/PageHeader.tsx';
import { Select } from '../../../ui/Select.tsx';
import { SummaryList } from '../../../ui/SummaryList.tsx';
import { Table } from '../../../ui/Table.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../ui/types.ts';
import { jourEtHeure, pluriel } from '../../../ui/typographie.ts';
import { ConfirmerNoms } from '../conduite/CadreDeConduite.tsx';
import type { Chargee } from '../crises.contexte.ts';
import { marqueDuCorrespondant } from '../roles/correspondant.rules.ts';
import type { Correspondant } from '../roles/taches.queries.ts';
import { Salle } from './CriseTete.tsx';
import { optionsDActeurs } from '../../contrats/index.ts';

interface Props {
  k: Chargee;
  correspondant: Correspondant | undefined;
  /** Letters that just left; null when nobody was just named. */
  lettres: number | null;
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
}

export function ActeursPage({ k, correspondant, lettres, champs, erreurs }: Props) {
  const ouverte = k.crise.etat === 'ouverte';
  const e = (nom: string) => erreurDe(erreurs, nom);
  const base = `/crises/${k.crise.id}`;
  const libelle = (code: string) => k.cadre.entites.find((x) => x.code === code)?.libelle ?? code;
  return (
    <Salle k={k} ici="acteurs">
      <ErrorSummary erreurs={erreurs} />
      {lettres !== null && erreurs.length === 0 && (
        <NotificationBanner ton={lettres > 0 ? 'succes' : 'alerte'}>
          {lettres > 0
            ? `C’est noté, et ${pluriel(lettres, 'lettre est en file', 'lettres sont en file')} pour ses agents.`
            : 'C’est noté. Personne d’autre de cette organisation n’a de compte pour écrire dans cette salle : appelez-la.'}
        </NotificationBanner>
      )}
      <Section titre="Organisations nommées">
        <Table
          legende="Organisations nommées"
          legendeMasquee
          lignes={k.acteurs}
          cle={(a) => `${a.organisationId}-${a.territoireId}-${a.entite}`}
          vide={<p className="govuk-body">Personne n’est encore nommé.</p>}
          colonnes={[
            { cle: 'qui', titre: 'Organisation', entete: true, cellule: (a) => k.cat.nomActeurA(a.organisationId, a.territoireId) },
            { cle: 'role', titre: 'Rôle', cellule: (a) => libelle(a.entite) },
            { cle: 'ou', titre: 'Où', cellule: (a) => k.cat.territoires.get(a.territoireId)?.nom ?? a.territoireId },
            { cle: 'quand', titre: 'Depuis', cellule: (a) => `${jourEtHeure(a.entreeLe)}, par ${a.entreePar}` },
          ]}
        />
        {ouverte && k.conduit && (
          <Form action={`${base}/acteurs`} classe="c-dire__champs">
            <Select
              nom="organisation"
              libelle="Organisation à nommer"
              vide="Choisir"
              valeur={champs.organisation ?? ''}
              erreur={e('organisation')}
              options={optionsDActeurs(k.cat)}
            />
            <Select
              nom="entite"
              id="entite-acteur"
              libelle="Rôle dans la salle"
              vide="Choisir"
              valeur={champs.organisation === undefined ? '' : (champs.entite ?? '')}
              erreur={champs.organisation === undefined ? undefined : e('entite')}
              options={k.entites.map((x) => ({ valeur: x.code, libelle: x.libelle }))}
            />
            <Select
              nom="territoire"
              libelle="Lieu de son mandat"
              aide="Une mairie est nommée pour son arrondissement."
              valeur={champs.territoire ?? k.crise.territoireId}
              erreur={e('territoire')}
              options={[...k.cat.territoires.values()].map((t) => ({ valeur: t.id, libelle: t.nom }))}
            />
            <Button>Nommer</Button>
          </Form>
        )}
      </Section>
      {ouverte && k.conduit && (
        <Section titre="Qui commande">
          <Form action={`${base}/commandement`} classe="c-dire__champs" masques={{ vu: k.crise.commandement }}>
            <Select
              nom="entite"
              libelle="Commande passée à"
              valeur={k.crise.commandement}
              erreur={champs.organisation === undefined ? e('entite') : undefined}
              options={k.entites.map((x) => ({ valeur: x.code, libelle: `${x.libelle}, ${x.role.toLowerCase()}` }))}
            />
            <Button variante="secondaire">Changer</Button>
          </Form>
        </Section>
      )}
      {k.type.national && (
        <Section titre="Correspondant de la cellule nationale d’aide aux victimes">
          {correspondant ? (
            <SummaryList
              lignes={[
                { cle: 'Nom', valeur: correspondant.nom },
                { cle: 'Fonction', valeur: correspondant.fonction },
                { cle: 'Joignable', valeur: correspondant.joignable },
                { cle: 'Désigné', valeur: `${jourEtHeure(correspondant.designeLe)}, par ${correspondant.designePar}` },
              ]}
            />
          ) : (
            <p className="govuk-body">{k.crise.etat === 'archivee' ? 'Son nom est effacé depuis l’archivage.' : 'Personne n’est encore désigné.'}</p>
          )}
          {ouverte && k.ecrit && (
            <Form action={`${base}/correspondant`} classe="c-dire__champs" masques={{ vu: marqueDuCorrespondant(correspondant) }}>
              <TextInput nom="nom" libelle="Nom du cadre" valeur={champs.nom ?? ''} erreur={e('nom')} />
              <TextInput nom="fonction" libelle="Fonction" valeur={champs.fonction ?? ''} erreur={e('fonction')} />
              <TextInput
                nom="joignable"
                libelle="Joignable"
                aide="Un numéro ou une adresse de service"
                valeur={champs.joignable ?? ''}
                erreur={e('joignable')}
              />
              <ConfirmerNoms erreurs={erreurs} />
              <Button variante="secondaire">{correspondant ? 'Remplacer' : 'Désigner'}</Button>
            </Form>
          )}
        </Section>
      )}
    </Salle>
  );
}
