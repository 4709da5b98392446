import { Chiffre } from '../../../ui/Chiffre.tsx';
import { Details } from '../../../ui/Details.tsx';
import { Form } from '../../../ui/Form.tsx';
import { BarFigure } from '../../../ui/charts/BarChart.tsx';
import { LineFigure } from '../../../ui/charts/LineChart.tsx';
import { LinkButton, ButtonGroup } from '../../../ui/Button.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { SubNavigation } from '../../../ui/SubNavigation.tsx';
import { SummaryList } from '../../../ui/SummaryList.tsx';
import { Table } from '../../../ui/Table.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { formatPeriode, jourEtHeure, mois, nombre } from '../../../ui/typographie.ts';
import { evolution, type Chiffre as Figure } from '../chiffres.rules.ts';
import { direFormule, direObtention } from '../preuve/formule.rules.ts';
import type { Preuve } from '../preuve/preuve.ts';
import type { FormulaireDeContrat } from '../formulaires.ts';
import type { SourceDeFaits } from '../sources.ts';
import { FaitsComptes } from './FaitsComptes.tsx';

export interface PreuvePageProps {
  preuve: Preuve;
  formulaire: FormulaireDeContrat;
  page: number;
  droits: { ouvrir: (s: SourceDeFaits) => boolean; saisir: boolean; valider: boolean; voirSaisie: boolean };
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
  const chiffre = (x: Figure) => <Chiffre {...x} nommer={nommer} sens={m.sens ?? undefined} />;
  const formule = formulaire.formules.get(m.id);
  return (
    <>
      <PageHeader titre={m.libelle} surtitre={`Chiffre ${m.id} · fiche ${m.fiche}`} />
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
            evolution={evolution(preuve.chiffre, preuve.precedent) ?? undefined}
            sens={m.sens ?? undefined}
          />
        </p>
        {preuve.chiffre.texte && <p className="govuk-body">{preuve.chiffre.texte}</p>}
      </div>
      <SummaryList
        lignes={[
          { cle: 'Période précédente', valeur: chiffre(preuve.precedent) },
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
          { cle: 'Indicateur', valeur: c.indicateurs.get(m.indicateur)?.libelle ?? m.indicateur },
          { cle: 'Façon de l’obtenir', valeur: direObtention(m.obtention) },
          { cle: 'Unité et rythme', valeur: `${m.unite} · ${m.periodicite.join(', ')}` },
          ...(m.sens
            ? [{ cle: 'Sens attendu par le contrat', valeur: m.sens === 'baisse' ? 'une baisse (sans cible chiffrée)' : 'une hausse (sans cible chiffrée)' }]
            : []),
          { cle: 'Qui le doit', valeur: m.aupres.length > 0 ? m.aupres.map(nommer).join(', ') : 'Personne n’est désigné dans le contrat' },
          ...(m.prevu ? [{ cle: 'Bientôt calculé', valeur: `Par le module « ${m.prevu.module} » ; d’ici là, le chiffre est fourni à la main.` }] : []),
        ]}
      />
      {(p.droits.saisir || preuve.atomes.length > 0) && (
        <ButtonGroup>
          {p.droits.saisir && m.obtention !== 'calcul' && (
            <LinkButton href={`/chiffres/${m.id}/saisir?periode=${preuve.periode}&territoire=${preuve.territoireId}`}>
              {preuve.versions.some((v) => v.courante) ? 'Corriger ce chiffre' : 'Fournir ce chiffre'}
            </LinkButton>
          )}
          <LinkButton variante="secondaire" telecharger href={`/chiffres/${m.id}/evolution.csv?periode=${preuve.periode}&territoire=${preuve.territoireId}`}>
            Télécharger les chiffres (CSV)
          </LinkButton>
        </ButtonGroup>
      )}

      {formule && (
        <Section titre="Comment il est calculé" id="calcul">
          <p className="govuk-body">{direFormule(formule, formulaire.sources, (id) => formulaire.mesures.get(id)?.libelle ?? id, preuve.libelles)}.</p>
          {preuve.citees.length > 0 && (
            <ul className="govuk-list govuk-list--bullet">
              {preuve.citees.map((x) => (
                <li key={x.mesure.id}>
                  <a className="govuk-link" href={`/chiffres/${x.mesure.id}?periode=${preuve.periode}&territoire=${preuve.territoireId}`}>
                    {x.mesure.libelle}
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

      <Section titre="Évolution" id="evolution">
        <LineFigure
          titre={`${m.libelle}, par année`}
          unite={m.unite}
          series={[{ nom: territoire?.nom ?? '', points: preuve.parAnnee.map((a) => ({ x: a.annee, etat: a.chiffre.etat, valeur: a.chiffre.valeur })) }]}
        />
        {preuve.parMois.length > 0 && (
          <LineFigure
            titre={`Mois par mois en ${preuve.periode}`}
            unite={m.unite}
            series={[{ nom: preuve.periode, points: preuve.parMois.map((x) => ({ x: x.mois, etat: x.chiffre.etat, valeur: x.chiffre.valeur })) }]}
          />
        )}
      </Section>

      {[...preuve.parTerritoire, ...preuve.parDimension].map((r) => (
        <Section key={r.titre} titre={r.titre}>
          {r.lignes.length === 0 ? (
            <p className="govuk-body">Rien à répartir pour cette période.</p>
          ) : (
            <BarFigure
              titre={`${r.titre}, ${formatPeriode(preuve.periode)}`}
              unite={m.unite}
              barres={r.lignes.map((l) => ({ libelle: l.libelle, etat: l.chiffre.etat, valeur: l.chiffre.valeur, ...(l.href ? { href: l.href } : {}) }))}
            />
          )}
        </Section>
      ))}

      {preuve.versions.length > 0 && (
        <Section titre="Versions saisies" id="versions">
          <Table
            legende="Toutes les versions, la plus récente d’abord : rien n’est effacé"
            colonnes={[
              { cle: 'periode', titre: 'Période', entete: true, cellule: (v) => formatPeriode(v.periode) },
              {
                cle: 'valeur',
                titre: 'Valeur',
                numerique: true,
                cellule: (v) => (v.etat === 'secret' ? 'secret' : v.etat === 'sans_objet' ? 'sans objet' : v.valeur === null ? 'récit' : nombre(v.valeur)),
              },
              {
                cle: 'source',
                titre: 'Source',
                cellule: (v) => (
                  <>
                    {v.source}
                    {p.droits.voirSaisie && v.commentaire && <div className="govuk-hint govuk-!-margin-bottom-0">{v.commentaire}</div>}
                  </>
                ),
              },
              { cle: 'qui', titre: 'Saisie', cellule: (v) => (p.droits.voirSaisie ? `${v.saisiPar}, ${jourEtHeure(v.saisiLe)}` : jourEtHeure(v.saisiLe)) },
              {
                cle: 'validation',
                titre: 'Validation',
                cellule: (v) => (v.valideLe ? `${p.droits.voirSaisie ? `${v.validePar}, ` : ''}${jourEtHeure(v.valideLe)}` : 'non validé'),
              },
              {
                cle: 'version',
                titre: 'Version',
                cellule: (v) => (
                  <>
                    {v.version} {v.courante && <Tag ton="vert">en vigueur</Tag>}
                  </>
                ),
              },
            ]}
            lignes={preuve.versions}
            cle={(v) => v.id}
          />
          {p.droits.valider && preuve.versions.some((v) => v.courante && v.valideLe === null) && (
            <Form action={`/chiffres/${m.id}/valider`}>
              <input type="hidden" name="valeur" value={preuve.versions.find((v) => v.courante && v.valideLe === null)?.id} />
              <input type="hidden" name="periode" value={preuve.periode} />
              <input type="hidden" name="territoire" value={preuve.territoireId} />
              <button type="submit" className="govuk-button govuk-button--secondary">
                Valider la version en vigueur
              </button>
            </Form>
          )}
        </Section>
      )}
    </>
  );
}
