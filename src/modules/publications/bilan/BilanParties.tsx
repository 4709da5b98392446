/** Parts of the bilan as web pages: alone in one file, or a chapter at a time. */
import { jour, nombre } from '../../../ui/typographie.ts';
import { Chiffres, Ecrit, Tableau } from './BilanFiche.tsx';
import type { ActionBilan, BilanContenu } from './bilan.modele.ts';
import * as p from './bilan.phrases.ts';
import { direChiffre } from './bilan.rules.ts';

export function Essentiel({ c }: { c: BilanContenu }) {
  return (
    <section id="essentiel">
      <h2>L’essentiel</h2>
      {c.essentiel ? <Ecrit t={c.essentiel} /> : <p className="c-bilan__precision">{p.SANS_ESSENTIEL}</p>}
      <p>{c.synthese.phrase}</p>
      <dl className="c-bilan__tuiles">
        {p.tuiles(c).map((t) => (
          <div key={t.libelle}>
            <dt>{t.libelle}</dt>
            <dd>{t.valeur}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

export function Reperes({ c }: { c: BilanContenu }) {
  const { parAxe, enRetard, aVenir } = c.synthese;
  return (
    <section id="chiffres">
      <h2>Les chiffres qui comptent</h2>
      {c.reperes.length > 0 && <Chiffres mesures={c.reperes} c={c} legende={p.phraseReperes(c)} />}
      <Tableau legende="Axe par axe" titres={['Axe', ['Chiffres connus'], ['En retard'], ['Attendus plus tard'], ['Enregistrements']]}>
        {parAxe.map((a) => (
          <tr key={a.numero}>
            <th scope="row">{p.nomDAxe(a)}</th>
            <td className="c-bilan__nombre">{p.connusSur(a.etat)}</td>
            <td className="c-bilan__nombre">{nombre(a.etat.enRetard)}</td>
            <td className="c-bilan__nombre">{nombre(a.etat.aVenir)}</td>
            <td className="c-bilan__nombre">{nombre(a.preuves)}</td>
          </tr>
        ))}
      </Tableau>
      {enRetard.length > 0 && (
        <>
          <h3>Chiffres en retard</h3>
          <p>{p.phraseRetards(c)}</p>
        </>
      )}
      {aVenir.length > 0 && (
        <>
          <h3>Chiffres attendus plus tard</h3>
          <p>{p.phraseAVenir(c)}</p>
        </>
      )}
    </section>
  );
}

export function SeancesEtDecisions({ c }: { c: BilanContenu }) {
  const seances = p.seancesMontrees(c);
  const decisions = p.decisionsMontrees(c);
  const partenaires = c.pour === 'partenaires';
  return (
    <section id="seances">
      <h2>Séances et décisions</h2>
      <p>{p.phraseSeances(c)}</p>
      {seances.liste.length > 0 && (
        <Tableau legende="Séances tenues" titres={['Instance', ['Séances'], 'Jours', ...(partenaires ? [['Décisions prises'] as [string]] : [])]}>
          {seances.liste.map((s) => (
            <tr key={s.instance}>
              <th scope="row">{s.instance}</th>
              <td className="c-bilan__nombre">{nombre(s.jours.length)}</td>
              <td>{p.direJours(s.jours)}</td>
              {partenaires && <td className="c-bilan__nombre">{nombre(s.decisions ?? 0)}</td>}
            </tr>
          ))}
        </Tableau>
      )}
      {seances.reste && <p className="c-bilan__precision">{seances.reste}</p>}
      <h3>Ce que les décisions sont devenues</h3>
      <p>{p.phraseDecisions(c)}</p>
      {decisions.liste.length > 0 && (
        <Tableau legende="Décisions et actions" titres={['N°', 'Décision ou action', 'Qui', 'Échéance', 'État']}>
          {decisions.liste.map((x) => (
            <tr key={`${x.instance}${x.numero}`}>
              <td>{x.numero}</td>
              <th scope="row">
                {x.libelle} <span className="c-bilan__precision">{p.precisionDe(x)}</span>
                {x.suite && (
                  <>
                    <br />
                    {x.suite}
                  </>
                )}
              </th>
              <td>{x.qui}</td>
              <td>{p.direEcheance(x)}</td>
              <td className={x.enRetard ? 'c-bilan__retard' : undefined}>{x.etatDit}</td>
            </tr>
          ))}
        </Tableau>
      )}
      {decisions.reste && <p className="c-bilan__precision">{decisions.reste}</p>}
    </section>
  );
}

/** What former figures became; nothing where none was corrected. */
export function Rectificatifs({ c }: { c: BilanContenu }) {
  const { liste } = c.rectificatifs;
  if (liste.length === 0) return null;
  return (
    <section id="rectificatifs">
      <h2>Rectificatifs</h2>
      <p>{p.phraseRectificatifs(c)}</p>
      <Tableau legende={`Chiffres corrigés en ${c.annee}`} titres={[...p.TITRES_RECTIFICATIFS]}>
        {liste.map((r, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: static markup, never reordered
          <tr key={i}>
            <td>{jour(r.jour)}</td>
            <th scope="row">
              {r.mesure} <span className="c-bilan__precision">{r.ou}</span>
            </th>
            <td>{r.avant}</td>
            <td>{r.apres}</td>
            <td>
              {r.motif} <span className="c-bilan__precision">{r.par}</span>
            </td>
          </tr>
        ))}
      </Tableau>
    </section>
  );
}

export function Lire({ c }: { c: BilanContenu }) {
  return (
    <section id="methode">
      <h2>Lire ce bilan</h2>
      {c.methode.paragraphes.map((t) => (
        <p key={t}>{t}</p>
      ))}
    </section>
  );
}

export function Annexes({ c }: { c: BilanContenu }) {
  const nonVentilees = p.nonVentilees(c);
  return (
    <>
      <section id="annexe-sources">
        <h2>D’où viennent les chiffres</h2>
        <dl className="c-bilan__mots">
          {c.methode.obtentions.map((o) => (
            <div key={o.mot}>
              <dt>
                {o.mot} ({nombre(o.nombre)})
              </dt>
              <dd>{o.sens}</dd>
            </div>
          ))}
          {c.methode.etats.map((e) => (
            <div key={e.mot}>
              <dt>{e.mot}</dt>
              <dd>{e.sens}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section id="annexe" className="c-bilan__annexe">
        <h2>Toutes les mesures</h2>
        <Tableau
          legende={p.phraseAnnexe(c)}
          titres={['Mesure', 'Libellé', 'Unité', 'Obtention', ['Valeur'], 'État', 'Source, ou de qui le chiffre est attendu']}
        >
          {p.mesuresDIci(c).map((l) => (
            <tr key={l.id}>
              <th scope="row">{l.id}</th>
              <td>{l.libelle}</td>
              <td>{l.unite}</td>
              <td>{l.obtention}</td>
              <td className="c-bilan__nombre">{l.chiffre.valeur === null ? '' : direChiffre(l.chiffre, '')}</td>
              <td>{l.chiffre.mot}</td>
              <td>{p.sourceOuDette(l)}</td>
            </tr>
          ))}
        </Tableau>
        {nonVentilees.length > 0 && (
          <>
            <h3>{p.titreNonVentilees(c)}</h3>
            <ul>
              {nonVentilees.map((l) => (
                <li key={l.id}>
                  {l.id} {l.libelle}
                </li>
              ))}
            </ul>
          </>
        )}
      </section>
      <section id="annexe-actions">
        <h2>Les actions et leurs enregistrements</h2>
        <p>{p.PHRASE_ACTIONS}</p>
        {c.fiches.map((f) => (
          <div key={f.numero}>
            <h3>
              {f.numero} · {f.titre}
            </h3>
            {f.actions.map((a) => (
              <Action key={a.id} a={a} />
            ))}
          </div>
        ))}
      </section>
    </>
  );
}

function Action({ a }: { a: ActionBilan }) {
  const seule = a.lignes.find((l) => l.id === a.id);
  const autres = a.lignes.filter((l) => l !== seule);
  return (
    <div className="c-bilan__action">
      <p>
        <strong>{a.libelle}</strong> {seule && <Preuves ligne={seule} />}
      </p>
      {autres.length > 0 && (
        <ul>
          {autres.map((l) => (
            <li key={l.id} className={l.niveau > 0 ? 'c-bilan__sous' : undefined}>
              {l.libelle} <Preuves ligne={l} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
const Preuves = ({ ligne }: { ligne: ActionBilan['lignes'][number] }) => (
  <span className={ligne.preuves > 0 ? 'c-bilan__preuves' : 'c-bilan__precision'}>{p.direAppui(ligne)}</span>
);
