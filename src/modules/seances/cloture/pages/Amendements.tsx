import { Button } from '../../../../ui/Button.tsx';
import { Details } from '../../../../ui/Details.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { Section } from '../../../../ui/PageHeader.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { jourEtHeure } from '../../../../ui/typographie.ts';
import { erreurDe } from '../../../../ui/types.ts';
import type { ClorePageProps } from './clore.modele.ts';

const ETATS = { propose: 'à examiner', retenu: 'retenu', ecarte: 'écarté' } as const;

/** Corrections proposed by those who were there. */
export function Amendements(p: ClorePageProps) {
  const { seance: s } = p;
  const base = `/seances/${s.id}`;
  return (
    <Section titre="Amendements" id="amendements">
      {p.amendements.length === 0 && <p className="govuk-body">Aucune correction n’a été proposée.</p>}
      {p.amendements.map((a) => (
        <div key={a.id} className="c-amendement">
          <p className="govuk-body-s c-note">
            {a.auteur}, le {jourEtHeure(a.quand)}
            {a.pointId && `, sur « ${p.points.find((x) => x.id === a.pointId)?.titre ?? ''} »`}
          </p>
          <p className="govuk-body c-lettre">{a.texte}</p>
          <p className="govuk-body-s">
            <Tag ton={a.etat === 'retenu' ? 'vert' : a.etat === 'ecarte' ? 'neutre' : 'laiton'}>{ETATS[a.etat]}</Tag> {a.reponse}
          </p>
          {p.tient && a.etat === 'propose' && (
            <>
              <Form action={`${base}/amendements/${a.id}/retenir`}>
                <Button variante="secondaire" petit>
                  Retenir<span className="govuk-visually-hidden"> l’amendement de {a.auteur}</span>
                </Button>
              </Form>
              <Details resume="Écarter" ouvert={p.champs.amendement === a.id}>
                <Form action={`${base}/amendements/${a.id}/ecarter`}>
                  <TextInput
                    nom="reponse"
                    id={`reponse-${a.id}`}
                    libelle={`Pourquoi écarter l’amendement de ${a.auteur}`}
                    valeur={p.champs.amendement === a.id ? (p.champs.reponse ?? '') : ''}
                    erreur={p.champs.amendement === a.id ? erreurDe(p.erreurs, 'reponse') : undefined}
                  />
                  <Button variante="secondaire" petit>
                    Écarter
                  </Button>
                </Form>
              </Details>
            </>
          )}
        </div>
      ))}
      {p.tient && p.amendements.some((a) => a.etat === 'retenu') && (
        <p className="govuk-body-s c-note">Un amendement retenu se porte dans le texte du point, ci-dessus.</p>
      )}
      {p.amende && (
        <Details resume="Proposer une correction" ouvert={p.erreurs.some((e) => e.champ === 'texte') && p.champs.version === undefined}>
          <Form action={`${base}/amender`}>
            <Select
              nom="point"
              libelle="Sur le point"
              vide="l’ensemble"
              valeur={p.champs.point ?? ''}
              options={p.points.map((x) => ({ valeur: x.id, libelle: x.titre }))}
            />
            <Textarea
              nom="texte"
              libelle="Votre correction"
              lignes={4}
              max={4000}
              valeur={p.champs.texte ?? ''}
              erreur={p.champs.version === undefined ? erreurDe(p.erreurs, 'texte') : undefined}
            />
            <Button variante="secondaire">Proposer</Button>
          </Form>
        </Details>
      )}
    </Section>
  );
}
