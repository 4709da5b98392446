/** What changed, what is late and owed by whom, what comes next: the same words on the home page and on the page of a place. */
import { FormeDEcart } from '../../../ui/Chiffre.tsx';
import { Details } from '../../../ui/Details.tsx';
import { avecUnite, enumerer, evolution, formatMois, jour, nombre, pluriel } from '../../../ui/typographie.ts';
import type { SuiteAVenir } from '../../../core/suites.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { Comparaison } from '../../indicateurs/index.ts';
import { type Dette, direSaPeriode, type FigureComparee, periodeCommune } from '../changements.rules.ts';
import { preuveDe } from './figures.tsx';

interface Lieu {
  catalogue: Catalogue;
  annee: string;
  territoireId: string;
}

/** Which months stand beside which. */
function direPeriodes(k: Comparaison): string {
  if (k.periode.length === 4) return `En ${k.periode}, par rapport à ${k.precedente}`;
  return `De ${formatMois(k.periode)} ${k.periode.slice(0, 4)}, par rapport aux mêmes mois de ${k.precedente.slice(0, 4)}`;
}

export function CeQuiAChange({
  changes,
  comparees,
  max,
  catalogue,
  annee,
  territoireId,
}: Lieu & { changes: readonly FigureComparee[]; comparees: number; max: number }) {
  const montres = changes.slice(0, max);
  const commune = periodeCommune(montres);
  if (!commune)
    return (
      <p className="govuk-body">
        {comparees === 0
          ? 'Aucun chiffre n’a encore deux périodes qui se comparent ici.'
          : `Sur ${pluriel(comparees, 'chiffre comparable')}, aucun n’a nettement changé.`}
      </p>
    );
  return (
    <>
      <p className="govuk-body">{direPeriodes(commune)} : d’abord les changements les plus nets ; les petits n’y sont pas.</p>
      <ul className="c-changes">
        {montres.map((f) => (
          <li key={f.mesure.id} className="c-change">
            <p className="c-change__ecart">
              <FormeDEcart ecart={Math.sign(f.comparaison.apres - f.comparaison.avant)} /> {direEcart(f)}
            </p>
            <div className="c-change__mots">
              <p className="c-change__nom">
                <a className="govuk-link" href={preuveDe(f.mesure.id, annee, territoireId)}>
                  {f.mesure.court}
                </a>{' '}
                : {avecUnite(f.comparaison.apres, f.chiffre.unite)}, contre {avecUnite(f.comparaison.avant, f.comparaison.unite === '%' ? '%' : '')}
                {direSaPeriode(f, commune) && ` un an plus tôt (${direSaPeriode(f, commune)})`}
                {f.mesure.part && ' (en partie)'}
                {f.chiffre.validation === 'provisoire' && ' (provisoire)'}
              </p>
              <p className="c-change__fiche">
                Fiche {f.mesure.fiche}, {catalogue.fiches.get(f.mesure.fiche)?.titre}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

/** « +47,1 % », « −3 points »; between small numbers, how many more or fewer. */
function direEcart({ comparaison: k }: FigureComparee): string {
  const dit = evolution(k);
  const ecart = k.apres - k.avant;
  return dit.includes(' puis ') ? `${ecart > 0 ? '+' : ''}${nombre(ecart)}` : dit;
}

const DEBITEURS = 5;
const MONTREES = 12;

export function EnRetard({ dettes, catalogue: c, territoireId }: Omit<Lieu, 'annee'> & { dettes: readonly Dette[] }) {
  if (dettes.length === 0) return <p className="govuk-body">Aucun chiffre n’est en retard ici.</p>;
  const total = dettes.reduce((n, d) => n + d.retards.length, 0);
  const autres = dettes.slice(DEBITEURS);
  return (
    <>
      <p className="govuk-body">
        {pluriel(total, 'chiffre annuel dont le jour est passé', 'chiffres annuels dont le jour est passé')}, par organisme qui le doit. Mois, semestres et
        parts de chacun sont dans les{' '}
        <a className="govuk-link" href="/chiffres-attendus">
          chiffres attendus
        </a>
        .
      </p>
      <div className="c-dettes">
        {dettes.slice(0, DEBITEURS).map((d) => (
          <DetteDe key={d.qui.join()} dette={d} catalogue={c} territoireId={territoireId} />
        ))}
      </div>
      {autres.length > 0 && (
        <Details
          resume={`${pluriel(autres.length, 'autre organisme')}, ${pluriel(
            autres.reduce((n, d) => n + d.retards.length, 0),
            'chiffre',
          )}`}
        >
          {autres.map((d) => (
            <DetteDe key={d.qui.join()} dette={d} catalogue={c} territoireId={territoireId} plat />
          ))}
        </Details>
      )}
    </>
  );
}

function DetteDe({ dette, catalogue: c, territoireId, plat = false }: Omit<Lieu, 'annee'> & { dette: Dette; plat?: boolean }) {
  const qui = dette.qui.length > 0 ? enumerer(dette.qui.map(c.nomActeur)) : 'Personne n’est désigné';
  const depuis = dette.retards[0]?.depuis;
  const resume = `${qui} : ${pluriel(dette.retards.length, 'chiffre')}${depuis ? `, depuis le ${jour(depuis)}` : ''}`;
  const liste = (
    <ul className="govuk-list govuk-list--bullet">
      {dette.retards.slice(0, MONTREES).map((r) => (
        <li key={`${r.figure.mesure.id}${r.annee}`}>
          <a className="govuk-link" href={preuveDe(r.figure.mesure.id, r.annee, territoireId)}>
            {r.figure.mesure.court} ({r.annee})
          </a>
        </li>
      ))}
      {dette.retards.length > MONTREES && <li>et {pluriel(dette.retards.length - MONTREES, 'autre')}</li>}
    </ul>
  );
  return plat ? (
    <>
      <p className="govuk-body-s">{resume}</p>
      {liste}
    </>
  ) : (
    <Details resume={resume}>{liste}</Details>
  );
}

export function CeQuiVient({ suites, dus, le }: { suites: readonly SuiteAVenir[]; dus: number; le: string | null }) {
  if (suites.length === 0 && !(dus > 0 && le)) return <p className="govuk-body">Aucune date publique n’est annoncée.</p>;
  return (
    <ul className="govuk-list c-suites">
      {suites.map((s) => (
        <li key={`${s.jour}${s.libelle}`}>
          <strong>{jour(s.jour)}</strong>{' '}
          {s.href ? (
            <a className="govuk-link" href={s.href}>
              {s.libelle}
            </a>
          ) : (
            s.libelle
          )}
        </li>
      ))}
      {dus > 0 && le && (
        <li>
          <strong>{jour(le)}</strong> {pluriel(dus, 'chiffre est dû', 'chiffres sont dus')} : ils ne sont pas en retard
        </li>
      )}
    </ul>
  );
}
