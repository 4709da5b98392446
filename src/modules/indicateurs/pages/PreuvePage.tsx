import { Chiffre } from '../../../ui/Chiffre.tsx';
import { Details } from '../../../ui/Details.tsx';
import { BarFigure } from '../../../ui/charts/BarChart.tsx';
import { LineFigure } from '../../../ui/charts/LineChart.tsx';
import { LinkButton, ButtonGroup } from '../../../ui/Button.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { SubNavigation } from '../../../ui/SubNavigation.tsx';
import { SummaryList } from '../../../ui/SummaryList.tsx';
import { formatPeriode, jourEtHeure, mois } from '../../../ui/typographie.ts';
import type { Chiffre as Figure } from '../chiffres.rules.ts';
import { direFormule, direObtention } from '../preuve/formule.rules.ts';
import type { Preuve } from '../preuve/preuve.ts';
import type { FormulaireDeContrat } from '../formulaires.ts';
import type { SourceDeFaits } from '../sources.ts';
import { cheminDeSaisie, genreDe } from '../saisie/grain.rules.ts';
import { type ContributionsProps, ContributionsSection } from './ContributionsSection.tsx';
import { periodePrecedente } from '../periode.rules.ts';
import { FaitsComptes } from './FaitsComptes.tsx';

export interface PreuvePageProps {
  preuve: Preuve;
  formulaire: FormulaireDeContrat;
  page: number;
  droits: ContributionsProps['droits'] & { ouvrir: (s: SourceDeFaits) => boolean; saisir: boolean };
  connecte: boolean;
}

export function PreuvePage(p: PreuvePageProps) {
  const { preuve, formulaire } = p;
  const c = formulaire.catalogue;
  const m = preuve.mesure;
  const nommer = (id: string) => c.nomActeur(id);
  const territoire = c.territoires.get(preuve.territoireId);
  const ici = (o: { periode?: string; territoire?: string }) =>
    `/chiffres/${m.id}?periode=${o.periode ?? preuve.periode}&territoire=${o.territoire ?? preuve.territoireId}`;
  const chiffre = (x: Figure) => <Chiffre {...x} nommer={nommer} />;
  const formule = formulaire.formules.get(m.id);
  // A map or a study has no curve: its contributions come first.
  const seulDocument = genreDe(m) !== 'nombre' && m.obtention !== 'calcul';
  const contributions = preuve.contributions && (
    <ContributionsSection
      mesure={m}
      periode={preuve.periode}
      territoireId={preuve.territoireId}
      contributions={preuve.contributions}
      catalogue={c}
      droits={p.droits}
    />
  );
  return (
    <>
      <PageHeader titre={m.court} surtitre={`Chiffre ${m.id} · fiche ${m.fiche}`} />
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
        {preuve.chiffre.texte && <p className="govuk-body">{preuve.chiffre.texte}</p>}
      </div>
      <SummaryList
        lignes={[
          ...(preuve.precedent ? [{ cle: formatPeriode(periodePrecedente(preuve.periode)), valeur: chiffre(preuve.precedent) }] : []),
          ...(preuve.ensemble
            ? [
                {
                  cle: c.racine.nom,
                  valeur: (
                    <a className="govuk-link" href={ici({ territoire: c.racine.id })}>
                      {chiffre(preuve.ensemble)}
                    </a>
                  ),
                },
              ]
            : []),
          { cle: 'Fiche', valeur: <a className="govuk-link" href={`/fiches/${m.fiche}`}>{`${m.fiche} ${c.fiches.get(m.fiche)?.titre ?? ''}`}</a> },
          { cle: 'Dans le contrat', valeur: m.libelle },
          { cle: 'Indicateur', valeur: c.indicateurs.get(m.indicateur)?.libelle ?? m.indicateur },
          { cle: 'Façon de l’obtenir', valeur: direObtention(m.obtention) },
          { cle: 'Unité et rythme', valeur: `${m.unite} · ${m.periodicite.join(', ')}` },
          ...(m.direction ? [{ cle: 'Sens attendu', valeur: `une ${m.direction.sens}, selon le contrat : ${m.direction.source} (sans cible chiffrée)` }] : []),
          { cle: 'Qui le doit', valeur: direDebiteurs(preuve, nommer) },
          ...(m.prevu ? [{ cle: 'Bientôt calculé', valeur: `Par le module « ${m.prevu.module} » ; d’ici là, le chiffre est fourni à la main.` }] : []),
        ]}
      />
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
          <LinkButton variante="discret" href={`/chiffres/${m.id}/recu?periode=${preuve.periode}&territoire=${preuve.territoireId}`}>
            Figer pour citer
          </LinkButton>
        </ButtonGroup>
      )}

      {formule && (
        <Section titre="Comment il est calculé" id="calcul">
          <p className="govuk-body">{direFormule(formule, formulaire.sources, (id) => formulaire.mesures.get(id)?.court ?? id, preuve.libelles)}.</p>
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
            <Details resume="La même chose en SQL">
              {preuve.atomes.map((a) => (
                <pre key={a.sql} className="c-sql" tabIndex={0}>
                  {a.sql}
                </pre>
              ))}
            </Details>
          )}
          <p className="govuk-body-s">
            {preuve.formules[0]
              ? `Définition version ${preuve.formules[0].version}, en vigueur depuis le ${jourEtHeure(preuve.formules[0].valideDepuis)}. `
              : ''}
            {preuve.atomes
              .flatMap((a) => (a.fraicheur ? [`Dernier enregistrement du registre « ${a.source.libelle} » : ${mois(a.fraicheur)}.`] : []))
              .join(' ')}
          </p>
        </Section>
      )}

      {preuve.atomes.map((a) => (
        <FaitsComptes
          key={`${a.atome.source}-${a.sql}`}
          atome={a}
          preuve={preuve}
          catalogue={c}
          page={p.page}
          peutOuvrir={p.droits.ouvrir(a.source)}
          connecte={p.connecte}
        />
      ))}

      {seulDocument && contributions}
      {!seulDocument && (
        <Section titre="Évolution" id="evolution">
          <LineFigure
            titre={`${m.court}, par année`}
            unite={preuve.chiffre.unite}
            series={[
              { nom: territoire?.nom ?? '', points: preuve.parAnnee.map(({ annee: x, chiffre: { etat, valeur }, enCours }) => ({ x, etat, valeur, enCours })) },
            ]}
          />
          {preuve.parMois.length > 0 && (
            <LineFigure
              titre={`Mois par mois en ${preuve.periode}`}
              unite={preuve.chiffre.unite}
              series={[
                { nom: preuve.periode, points: preuve.parMois.map(({ mois: x, chiffre: { etat, valeur }, enCours }) => ({ x, etat, valeur, enCours })) },
              ]}
            />
          )}
        </Section>
      )}

      {[...preuve.parTerritoire, ...preuve.parDimension].map((r) => (
        <Section key={r.titre} titre={r.titre}>
          {r.lignes.length === 0 ? (
            <p className="govuk-body">Rien à répartir pour cette période.</p>
          ) : (
            <BarFigure
              titre={`${r.titre}, ${formatPeriode(preuve.periode)}`}
              unite={preuve.chiffre.unite}
              barres={r.lignes.map((l) => ({ libelle: l.libelle, etat: l.chiffre.etat, valeur: l.chiffre.valeur, ...(l.href ? { href: l.href } : {}) }))}
            />
          )}
        </Section>
      ))}

      {preuve.contributions && !seulDocument && contributions}
    </>
  );
}

/** Of a measure that does not exist there, nobody owes anything. */
function direDebiteurs({ chiffre, mesure }: Preuve, nommer: (id: string) => string): string {
  if (chiffre.etat === 'non_ventile') return 'Personne ici : cette mesure n’existe que pour l’ensemble du contrat';
  return mesure.aupres.length > 0 ? mesure.aupres.map(nommer).join(', ') : 'Personne n’est désigné dans le contrat';
}
