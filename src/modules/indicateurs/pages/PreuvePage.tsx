import { createElement, Fragment, type ReactNode } from 'react';
import type { Bloc } from '../../../core/module.ts';
import { Chiffre } from '../../../ui/Chiffre.tsx';
import { Details } from '../../../ui/Details.tsx';
import { InsetText } from '../../../ui/InsetText.tsx';
import { LinkButton, ButtonGroup } from '../../../ui/Button.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { SubNavigation } from '../../../ui/SubNavigation.tsx';
import { SummaryList } from '../../../ui/SummaryList.tsx';
import { capitale, formatPeriode, jourEtHeure, mois } from '../../../ui/typographie.ts';
import type { Chiffre as Figure } from '../chiffres.rules.ts';
import { direAtome, direFormule, direObtention, direTenues } from '../preuve/formule.rules.ts';
import type { Preuve } from '../preuve/preuve.ts';
import { direDiffusion } from '../diffusion/dire.rules.ts';
import type { FormulaireDeContrat } from '../formulaires.ts';
import type { SourceDeFaits } from '../sources.ts';
import { cheminDeSaisie, genreDe } from '../saisie/grain.rules.ts';
import { type ContributionsProps, ContributionsSection } from './ContributionsSection.tsx';
import { direDelai, periodePrecedente } from '../periode.rules.ts';
import { FaitsComptes } from './FaitsComptes.tsx';
import { RecitDit } from './RecitDit.tsx';
import { Portee } from './Portee.tsx';
import { SignatureDite } from './SignatureDite.tsx';
import { PreuveDessins } from './PreuveDessins.tsx';

export interface PreuvePageProps {
  preuve: Preuve;
  formulaire: FormulaireDeContrat;
  page: number;
  droits: ContributionsProps['droits'] & { ouvrir: (s: SourceDeFaits) => boolean; saisir: boolean };
  connecte: boolean;
  /** Every note of method, for partners. */
  methodes: ContributionsProps['methodes'];
  /** Locks, rectificatifs, what is disputed. */
  signature: ReactNode;
  /** What other modules say of it. */
  blocs: readonly Bloc[];
}

export function PreuvePage(p: PreuvePageProps) {
  const { preuve, formulaire } = p;
  const c = formulaire.catalogue;
  const m = preuve.mesure;
  const nommer = (id: string) => c.nomActeur(id);
  const territoire = c.territoires.get(preuve.territoireId);
  const ici = (o: { periode?: string; territoire?: string }) =>
    `/chiffres/${m.id}?periode=${o.periode ?? preuve.periode}&territoire=${o.territoire ?? preuve.territoireId}`;
  const chiffre = (x: Figure) => <Chiffre {...x} part={undefined} nommer={nommer} />;
  const formule = formulaire.formules.get(m.id);
  const reperes: ReactNode[] = [
    ...(preuve.precedent
      ? [
          <span key="avant">
            {formatPeriode(periodePrecedente(preuve.periode))} : {chiffre(preuve.precedent)}
          </span>,
        ]
      : []),
    ...(preuve.ensemble
      ? [
          <span key="ensemble">
            <a className="govuk-link" href={ici({ territoire: c.racine.id })}>
              {c.racine.nom}
            </a>{' '}
            : {chiffre(preuve.ensemble)}
          </span>,
        ]
      : []),
  ];
  // A map or a study has no curve.
  const seulDocument = genreDe(m) !== 'nombre' && m.obtention !== 'calcul';
  const suivi = c.suivis.get(m.id);
  const indicateur = c.indicateurs.get(m.indicateur)?.libelle ?? m.indicateur;
  const seule = preuve.contributions?.lignes.length === 1 ? preuve.contributions.lignes[0] : undefined;
  const contributions = preuve.contributions && (
    <ContributionsSection
      mesure={m}
      periode={preuve.periode}
      territoireId={preuve.territoireId}
      contributions={preuve.contributions}
      catalogue={c}
      methodes={p.methodes}
      droits={p.droits}
    />
  );
  return (
    <>
      <PageHeader titre={m.court} surtitre={suivi ? `Chiffre de suivi · fiche ${m.fiche}` : `Chiffre ${m.id} · fiche ${m.fiche}`} />
      {suivi && (
        <InsetText>
          Suivi à côté des indicateurs du contrat : il n’entre ni dans sa complétude, ni dans le baromètre, ni dans le bilan.{' '}
          {suivi.systemes.map((id, rang) => (
            <Fragment key={id}>
              {rang > 0 && ', '}
              <a className="govuk-link" href={`/dispositifs/${id}`}>
                {c.systemes.get(id)?.nom ?? id}
              </a>
            </Fragment>
          ))}
        </InsetText>
      )}
      <SubNavigation
        libelle="Année"
        entrees={preuve.parAnnee.map((a) => ({ libelle: a.annee, href: ici({ periode: a.annee }), actif: a.annee === preuve.periode.slice(0, 4) }))}
      />
      <div className="c-preuve">
        <p className="govuk-body c-preuve__ou">
          {territoire?.nom} · {formatPeriode(preuve.periode)}
        </p>
        <p className="c-preuve__chiffre">
          <Chiffre
            {...preuve.chiffre}
            nommer={nommer}
            taille="grand"
            comparaison={preuve.comparaison && { ...preuve.comparaison, montree: preuve.periode }}
            direction={m.direction ?? undefined}
          />
        </p>
        {preuve.chiffre.texte && <RecitDit texte={preuve.chiffre.texte} />}
        {preuve.chiffre.texte && seule && genreDe(m) === 'texte' && (
          <SignatureDite signature={preuve.contributions?.signatures.get(seule.id)} c={c} partenaire={p.droits.voirSaisie} />
        )}
        {reperes.length > 0 && (
          <p className="govuk-body-s c-preuve__reperes">
            <Reperes reperes={reperes} />
          </p>
        )}
      </div>
      {preuve.diffusion && (
        <InsetText>
          {direDiffusion(preuve.diffusion, preuve.aujourdhui)} {preuve.diffusion.pourquoi.join(' ')}
        </InsetText>
      )}
      {!seulDocument && <PreuveDessins preuve={preuve} nom={territoire?.nom ?? ''} />}
      {(p.droits.saisir || preuve.atomes.length > 0) && (
        <ButtonGroup>
          {p.droits.saisir && m.obtention !== 'calcul' && (
            <LinkButton href={cheminDeSaisie(m, c, preuve)}>
              {(preuve.contributions?.lignes.length ?? 0) > 0 ? 'Corriger ce chiffre' : 'Fournir ce chiffre'}
            </LinkButton>
          )}
          <LinkButton variante="secondaire" telecharger href={`/chiffres/${m.id}/evolution.csv?periode=${preuve.periode}&territoire=${preuve.territoireId}`}>
            Télécharger les chiffres (CSV)
          </LinkButton>
          {!suivi && (
            <LinkButton variante="discret" href={`/chiffres/${m.id}/recu?periode=${preuve.periode}&territoire=${preuve.territoireId}`}>
              Figer pour citer
            </LinkButton>
          )}
        </ButtonGroup>
      )}

      {createElement(Fragment, null, ...p.blocs.map((b) => b.corps))}
      {p.signature}
      {contributions}
      <Section titre={formule ? 'Comment il est calculé' : 'Comment il est obtenu'} id="calcul">
        {formule && (
          <>
            <p className="govuk-body">
              {capitale(direFormule(formule, formulaire.sources, (id) => formulaire.mesures.get(id)?.court ?? id, preuve.libelles))}.
            </p>
            <Portee mesure={m} tenues={direTenues(formule, formulaire.sources, preuve.libelles)} />
            {preuve.citees.length > 0 && (
              <ul className="govuk-list govuk-list--bullet">
                {preuve.citees.map((x) => (
                  <li key={x.mesure.id}>
                    <a className="govuk-link" href={`/chiffres/${x.mesure.id}?periode=${preuve.periode}&territoire=${preuve.territoireId}`}>
                      {x.mesure.court}
                    </a>{' '}
                    : {chiffre(x.chiffre)}
                  </li>
                ))}
              </ul>
            )}
            {preuve.atomes.length > 0 && (
              <Details resume="La requête exacte, pour qui veut vérifier">
                {preuve.atomes.map((a) => (
                  <pre key={a.sql} className="c-sql" tabIndex={0}>
                    {a.sql}
                  </pre>
                ))}
              </Details>
            )}
            <p className="govuk-body-s">{direDefinition(preuve)}</p>
          </>
        )}
        <SummaryList
          lignes={[
            { cle: 'Fiche', valeur: <a className="govuk-link" href={`/fiches/${m.fiche}`}>{`${m.fiche} ${c.fiches.get(m.fiche)?.titre ?? ''}`}</a> },
            { cle: suivi ? 'Ce qu’il compte' : 'Dans le contrat', valeur: m.libelle },
            ...(indicateur !== m.libelle && !suivi ? [{ cle: 'Indicateur', valeur: indicateur }] : []),
            { cle: 'Façon de l’obtenir', valeur: direObtention(m.obtention) },
            { cle: 'Unité et rythme', valeur: `${m.unite} · ${m.periodicite.join(', ')}` },
            ...(m.obtention === 'calcul' ? [] : [{ cle: 'Disponible et dû', valeur: direDelai(m.delaiJours) }]),
            ...(m.direction
              ? [{ cle: 'Sens attendu', valeur: `une ${m.direction.sens}, selon le contrat : ${m.direction.source} (sans cible chiffrée)` }]
              : []),
            // Nobody owes what the platform counts by itself.
            ...(m.obtention === 'calcul' ? [] : [{ cle: 'Qui le doit', valeur: direDebiteurs(preuve, nommer) }]),
            ...(m.prevu?.circuit
              ? [
                  {
                    cle: 'À défaut',
                    valeur: (
                      <a className="govuk-link" href={`/signaler/${m.prevu.circuit.code}/parcours`}>
                        Ce que son circuit a compté, l’année finie, à valider
                      </a>
                    ),
                  },
                ]
              : []),
            ...(m.prevu && !m.prevu.circuit
              ? [{ cle: 'Plus tard', valeur: 'Il sera compté à partir des enregistrements ; d’ici là, il est fourni à la main.' }]
              : []),
          ]}
        />
      </Section>
      {preuve.atomes.length > 0 && (
        <Section titre="Les enregistrements comptés" id="enregistrements">
          {preuve.atomes.map((a, i) => (
            <FaitsComptes
              key={`${a.atome.source}-${a.sql}`}
              atome={a}
              titre={preuve.atomes.length > 1 ? capitale(direAtome(a.atome, formulaire.sources, preuve.libelles)) : a.source.libelle}
              rang={i}
              preuve={preuve}
              catalogue={c}
              page={p.page}
              peutOuvrir={p.droits.ouvrir(a.source)}
              connecte={p.connecte}
            />
          ))}
        </Section>
      )}
    </>
  );
}

const Reperes = ({ reperes }: { reperes: readonly ReactNode[] }) => reperes.flatMap((r, i) => (i === 0 ? [r] : [' · ', r]));

/** Which definition, and how far its registers go: each said once. */
function direDefinition({ formules, atomes }: Preuve): string {
  const registres = new Set(atomes.flatMap((a) => (a.fraicheur ? [`Dernier enregistrement du registre « ${a.source.libelle} » : ${mois(a.fraicheur)}.`] : [])));
  const version = formules[0] ? [`Définition version ${formules[0].version}, en vigueur depuis le ${jourEtHeure(formules[0].valideDepuis)}.`] : [];
  return [...version, ...registres].join(' ');
}

/** Of a measure that does not exist there, nobody owes anything. */
function direDebiteurs({ chiffre, mesure }: Preuve, nommer: (id: string) => string): string {
  if (chiffre.etat === 'non_ventile') return 'Personne ici : cette mesure n’existe que pour l’ensemble du contrat';
  return mesure.aupres.length > 0 ? mesure.aupres.map(nommer).join(', ') : 'Personne n’est désigné dans le contrat';
}
