import { Button } from '../../../ui/Button.tsx';
import { Radios } from '../../../ui/Choices.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { Form } from '../../../ui/Form.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { SummaryList } from '../../../ui/SummaryList.tsx';
import { Table } from '../../../ui/Table.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../ui/types.ts';
import { FINE, jour } from '../../../ui/typographie.ts';
import { fr } from '../langues/fr.ts';
import { direLangues, direPlage } from '../secours.rules.ts';
import { type EtatDeVerification, empreinteDuNumero, type NumeroLu, type SecoursLu } from '../verifications/verifications.rules.ts';
import { Sources } from './NumeroCarte.tsx';

const ETATS = {
  verifie: { ton: 'vert', libelle: 'vérifié' },
  'a-verifier': { ton: 'laiton', libelle: 'à vérifier' },
  faux: { ton: 'garance', libelle: 'dit inexact' },
} as const satisfies Readonly<Record<EtatDeVerification, { ton: string; libelle: string }>>;

/** What the public reads of each number, and who checked it last. */
export function VerifierPage({ s }: { s: SecoursLu }) {
  return (
    <>
      <PageHeader
        titre="Numéros d’aide à vérifier"
        chapo="Appelez, ou lisez la page officielle, puis dites si le numéro, ses horaires et ses langues sont justes. Le public lit qui l’a vérifié, et quand ; une vérification se refait tous les six mois, et quand le dossier du contrat change le numéro."
      />
      <Table
        legende="Numéros d’aide"
        legendeMasquee
        forme="cartes"
        colonnes={[
          {
            cle: 'numero',
            titre: 'Numéro',
            entete: true,
            cellule: (n) => (
              <a className="govuk-link" href={`/aide/numeros/${n.code}`}>
                {n.numero.replaceAll(' ', FINE)}, {n.nom}
              </a>
            ),
          },
          { cle: 'horaires', titre: 'Horaires', cellule: direHoraires },
          { cle: 'etat', titre: 'État', cellule: (n) => <Tag ton={ETATS[n.verification.etat].ton}>{ETATS[n.verification.etat].libelle}</Tag> },
          { cle: 'le', titre: 'Dernière vérification', cellule: direDerniere },
        ]}
        lignes={s.numeros}
        cle={(n) => n.code}
      />
    </>
  );
}
const AUCUNE_SOURCE = 'aucune source ne les dit';
const direHoraires = (n: NumeroLu): string =>
  n.horaires === 'toujours' ? fr.toujours : (n.horaires?.map((p) => direPlage(p, 'fr', fr.tousLesJours)).join(' ; ') ?? AUCUNE_SOURCE);
const direDerniere = ({ verification: v }: NumeroLu): string =>
  v.le ? `${jour(v.le)}, ${v.par}${v.autre ? ', avant que le dossier du contrat ne change' : ''}` : 'aucune';

export interface NumeroAVerifierPageProps {
  n: NumeroLu;
  erreurs: readonly ErreurDeChamp[];
  champs: Readonly<Record<'moyen' | 'juste', string>>;
}

/** One number: what is said of it, from where it was taken, and what to say of it. */
export function NumeroAVerifierPage({ n, erreurs, champs }: NumeroAVerifierPageProps) {
  const { etat } = n.verification;
  return (
    <>
      <ErrorSummary erreurs={erreurs} />
      <PageHeader
        surtitre="Numéro d’aide"
        titre={`${n.numero.replaceAll(' ', FINE)}, ${n.nom}`}
        etiquette={<Tag ton={ETATS[etat].ton}>{ETATS[etat].libelle}</Tag>}
      />
      <SummaryList
        lignes={[
          { cle: 'Pour', valeur: n.pour },
          { cle: 'Horaires', valeur: direHoraires(n) },
          { cle: 'Langues', valeur: n.langues ? direLangues(n.langues, 'fr') : AUCUNE_SOURCE },
          { cle: 'Lu dans', valeur: <Sources sources={n.sources} /> },
          { cle: 'Dernière vérification', valeur: direDerniere(n) },
        ]}
      />
      <Form action={`/aide/numeros/${n.code}`} masques={{ version: String(n.verification.version), vu: empreinteDuNumero(n) }}>
        <Radios
          nom="moyen"
          legende="Comment l’avez-vous vérifié ?"
          valeur={champs.moyen}
          erreur={erreurDe(erreurs, 'moyen')}
          options={[
            { valeur: 'appel', libelle: 'En appelant' },
            { valeur: 'page', libelle: 'Sur la page officielle du service' },
          ]}
        />
        <Radios
          nom="juste"
          legende="Le numéro, ses horaires et ses langues sont-ils justes ?"
          valeur={champs.juste}
          erreur={erreurDe(erreurs, 'juste')}
          options={[
            { valeur: 'oui', libelle: 'Oui, tels qu’ils sont écrits ici' },
            { valeur: 'non', libelle: 'Non', aide: 'Le public lira « horaires à vérifier » jusqu’à ce que le dossier du contrat soit corrigé.' },
          ]}
        />
        <Button>Enregistrer</Button>
      </Form>
    </>
  );
}
