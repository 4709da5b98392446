import { useContext } from 'react';
import { Button, ButtonGroup } from '../../../ui/Button.tsx';
import { FileUpload } from '../../../ui/FileUpload.tsx';
import { Form } from '../../../ui/Form.tsx';
import { Section } from '../../../ui/PageHeader.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../ui/types.ts';
import { Langue, useMots } from '../langues/Langue.ts';
import { FR, masqueDe, type Mots, remplir } from '../langues/mots.rules.ts';
import type { PhotoDeDemande } from './photos.queries.ts';
import { PHOTOS_MAX } from './recevoir.ts';

const aUneImage = (p: PhotoDeDemande): boolean => p.etat === 'retenue' || p.etat === 'publiee';
const DITS = { retenue: 'pRetenue', publiee: 'pPubliee', ecartee: 'pEcartee', effacee: 'pEffacee' } as const satisfies Record<
  PhotoDeDemande['etat'],
  keyof Mots
>;
const Image = ({ p, src, rang }: { p: PhotoDeDemande; src: string; rang: number }) => (
  <img src={src} alt={remplir(useMots().photoVue, { n: rang })} width={Math.min(p.largeur, 480)} loading="lazy" style={{ maxWidth: '100%', height: 'auto' }} />
);

/** For the services: seen, then shown or set aside. */
export function PhotosDuService({
  demandeId,
  photos,
  traite,
  publiable,
}: {
  demandeId: string;
  photos: readonly PhotoDeDemande[];
  traite: boolean;
  /** Open, and not reserved to some services. */
  publiable: boolean;
}) {
  if (photos.length === 0) return null;
  return (
    <Section titre="Photos">
      {traite && publiable && photos.some((p) => p.etat === 'retenue') && (
        <p className="govuk-body">
          Avant de publier une photo, vérifiez qu’on n’y reconnaît ni visage, ni plaque, ni intérieur de logement. Sinon, écartez-la.
        </p>
      )}
      {photos.map((p, i) => (
        <div key={p.id}>
          <p className="govuk-body">
            Photo {i + 1} : {FR[DITS[p.etat]]}
            {p.decideePar && `, par ${p.decideePar}`}.
          </p>
          {aUneImage(p) && (traite || p.etat === 'publiee') && <Image p={p} rang={i + 1} src={`/signalements/demandes/${demandeId}/photos/${p.id}`} />}
          {traite && aUneImage(p) && (
            <ButtonGroup>
              {p.etat === 'retenue' && publiable && (
                <Form action={`/signalements/demandes/${demandeId}/photos/${p.id}`} masques={{ acte: 'publier' }}>
                  <Button petit>
                    Publier<span className="govuk-visually-hidden"> la photo {i + 1}</span>
                  </Button>
                </Form>
              )}
              <Form action={`/signalements/demandes/${demandeId}/photos/${p.id}`} masques={{ acte: 'ecarter' }}>
                <Button petit variante="secondaire">
                  Écarter et effacer<span className="govuk-visually-hidden"> la photo {i + 1}</span>
                </Button>
              </Form>
            </ButtonGroup>
          )}
        </div>
      ))}
    </Section>
  );
}

export function ChampPhoto({ erreurs }: { erreurs: readonly ErreurDeChamp[] }) {
  const m = useMots();
  return (
    <FileUpload
      nom="photo"
      libelle={m.photos}
      aide={remplir(m.photosAide, { max: PHOTOS_MAX })}
      accepte="image/jpeg,image/png,image/webp"
      erreur={erreurDe(erreurs, 'photo')}
      multiple
      facultatif
    />
  );
}

/** For who follows it: what became of theirs, and one more. */
export function PhotosDuSuivi({
  ouverte,
  ...p
}: {
  ouverte: boolean;
  code: string;
  photos: readonly PhotoDeDemande[];
  ajouter: boolean;
  erreurs: readonly ErreurDeChamp[];
}) {
  const parle = useContext(Langue);
  const m = parle.mots;
  if (p.photos.length === 0 && !p.ajouter) return null;
  return (
    <Section titre={m.photos}>
      {p.photos.map((x, i) => (
        <div key={x.id}>
          <p className="govuk-body">{remplir(m.photoRang, { n: i + 1, etat: m[DITS[x.etat]] })}</p>
          {x.etat === 'publiee' && ouverte && <Image p={x} rang={i + 1} src={`/signalements/photos/${x.id}`} />}
        </div>
      ))}
      {p.ajouter && (
        <Form action={`/suivi/${p.code}/photos`} masques={masqueDe(parle)} fichiers>
          <ChampPhoto erreurs={p.erreurs} />
          <Button variante="secondaire">{m.joindre}</Button>
        </Form>
      )}
    </Section>
  );
}
