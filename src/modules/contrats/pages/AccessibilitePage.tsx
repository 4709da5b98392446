import { PageHeader, Section } from '../../../ui/PageHeader.tsx';

/** The declaration that RGAA 4.1 asks for, in its honest state: nobody has audited this version yet. */
export function AccessibilitePage() {
  return (
    <>
      <PageHeader titre="Accessibilité" chapo="État de conformité au RGAA 4.1 : non évalué par un audit. Nous disons ici ce que nous vérifions nous-mêmes." />
      <Section titre="Ce qui est vérifié">
        <ul className="govuk-list govuk-list--bullet">
          <li>Chaque page est contrôlée à chaque version par un outil automatique (axe), sans erreur.</li>
          <li>Chaque page fonctionne au clavier, sans JavaScript, sur un écran de 320 pixels de large, et s’imprime.</li>
          <li>Chaque graphique et chaque carte a son tableau de données.</li>
          <li>Aucune information n’est donnée par la couleur seule.</li>
        </ul>
        <p className="govuk-body">
          Un outil automatique ne voit qu’une partie des critères : un audit par des personnes reste à faire par l’organisme qui publie ce site.
        </p>
      </Section>
      <Section titre="Signaler un problème">
        <p className="govuk-body">Écrivez à la coordination du contrat. Sans réponse satisfaisante, vous pouvez saisir le Défenseur des droits.</p>
      </Section>
    </>
  );
}
