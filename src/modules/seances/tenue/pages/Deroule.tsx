/** The course of a session: agenda, current item, time. Each part is also sent alone to pages that follow it live. */
import { Button, ButtonGroup } from '../../../../ui/Button.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { cx } from '../../../../ui/types.ts';
import { duree, FINE } from '../../../../ui/typographie.ts';
import type { Point } from '../../seances.queries.ts';
import { ETATS_POINT, secondesDe, suivantDe } from '../tenue.rules.ts';
import type { Tenue } from './tenue.modele.ts';

export const base = (t: Pick<Tenue, 'seance'>): string => `/seances/${t.seance.id}`;
export const rangDe = (t: Pick<Tenue, 'points'>, id: string | null): number => t.points.findIndex((p) => p.id === id) + 1;

/** Minutes spent; the island makes it run. */
function Chrono({ t, p }: { t: Tenue; p: Point }) {
  const court = t.seance.pointCourant === p.id && t.seance.etat === 'ouverte';
  const secondes = secondesDe(p, t.seance, t.maintenant);
  if (!court && secondes < 30) return null;
  return (
    <span className={cx('c-chrono', secondes > p.minutes * 60 && 'c-chrono--depasse')} data-chrono={court ? secondes : undefined} data-prevu={p.minutes * 60}>
      {duree(Math.floor(secondes / 60))}
    </span>
  );
}

const TONS = { a_venir: 'neutre', en_cours: 'laiton', traite: 'vert', reporte: 'bleu' } as const;

export function OrdreDuJour({ t }: { t: Tenue }) {
  return (
    <ol className="c-deroule">
      {t.points.map((p, i) => (
        <li key={p.id} className={cx('c-deroule__point', `c-deroule__point--${p.etat}`)}>
          <a
            className="c-deroule__lien"
            href={`${base(t)}/tenir?point=${p.id}#point`}
            data-montrer={p.id}
            data-engagement={p.ligne ?? p.fiche ?? ''}
            aria-current={p.id === t.montre ? 'true' : undefined}
          >
            <span className="c-deroule__rang">{i + 1}</span>
            <span className="c-deroule__titre">{p.titre}</span>
            <span className="c-deroule__etat">
              {ETATS_POINT[p.etat]} <Chrono t={t} p={p} />
            </span>
          </a>
        </li>
      ))}
    </ol>
  );
}

const texteDuSuivant = (t: Tenue, p: Point): string => `Commencer${FINE}: ${rangDe(t, p.id)}. ${p.titre}`;

/** Where the session stands, and the two acts that make it go on. */
export function Courant({ t }: { t: Tenue }) {
  const p = t.points.find((x) => x.id === t.seance.pointCourant) ?? null;
  const suivant = suivantDe(t.points, p?.id ?? null);
  return (
    <>
      <p className="c-courant__point">
        {p ? (
          <>
            <span className="c-courant__mot">En cours</span>{' '}
            <a className="c-courant__titre" href={`${base(t)}/tenir?point=${p.id}#point`} data-montrer={p.id}>
              {rangDe(t, p.id)}. {p.titre}
            </a>{' '}
            <Chrono t={t} p={p} /> <span className="c-courant__prevu">sur {duree(p.minutes)} prévues</span>
          </>
        ) : suivant ? (
          'Aucun point n’est commencé.'
        ) : (
          'L’ordre du jour est parcouru.'
        )}
      </p>
      {t.ecrit && p && (
        <Form action={`${base(t)}/points/${p.id}/suivant`} masques={{ vers: suivant?.id ?? '' }} classe="c-courant__actes">
          <Button petit immediat>
            {suivant ? 'Point suivant' : 'Terminer ce point'}
          </Button>
          <Button petit immediat variante="secondaire" action={`${base(t)}/points/${p.id}/reporter`}>
            Reporter
          </Button>
        </Form>
      )}
      {t.ecrit && !p && suivant && (
        <Form action={`${base(t)}/points/${suivant.id}/demarrer`} classe="c-courant__actes">
          <Button petit immediat>
            {texteDuSuivant(t, suivant)}
          </Button>
        </Form>
      )}
    </>
  );
}

/** Head of one item: what it is, how long, and starting it out of turn. */
export function TeteDePoint({ t, p }: { t: Tenue; p: Point }) {
  const court = t.seance.pointCourant === p.id;
  return (
    <>
      <h2 className="govuk-heading-m c-point__titre" id={`titre-${p.id}`} tabIndex={-1}>
        {rangDe(t, p.id)}. {p.titre}
      </h2>
      <p className="c-point__faits">
        <Tag ton={TONS[p.etat]}>{ETATS_POINT[p.etat]}</Tag> <Chrono t={t} p={p} /> <span>prévu {duree(p.minutes)}</span>
        {p.rapporteur && <span>rapporteur : {p.rapporteur}</span>}
        {p.fiche && (
          <a className="govuk-link" href={`/fiches/${p.fiche}`}>
            Fiche {p.fiche}
          </a>
        )}
      </p>
      {t.ecrit && !court && (
        <ButtonGroup>
          <Form action={`${base(t)}/points/${p.id}/demarrer`}>
            <Button petit immediat variante="secondaire">
              {p.etat === 'a_venir' ? 'Commencer ce point' : 'Reprendre ce point'}
            </Button>
          </Form>
          {p.etat === 'a_venir' && (
            <Form action={`${base(t)}/points/${p.id}/reporter`}>
              <Button petit immediat variante="discret">
                Reporter
              </Button>
            </Form>
          )}
        </ButtonGroup>
      )}
    </>
  );
}
