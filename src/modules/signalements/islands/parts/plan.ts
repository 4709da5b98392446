/**
 * A plan to touch beside the field of the point: first a place of the contract, then where in it. Boundaries alone are drawn, and nothing is asked of
 * anybody else. With the keyboard, the address and the list of places say the same.
 */
interface Lieu {
  id: string;
  nom: string;
  /** It is made of places that are drawn too. */
  dessous: boolean;
}
type Contour = GeoJSON.Feature<GeoJSON.Polygon | GeoJSON.MultiPolygon, Lieu>;
type Point = readonly [x: number, y: number];
interface Mots {
  bouton: string;
  aide: string;
  tout: string;
  /** `{lieu}` */
  note: string;
}
const SVG = 'http://www.w3.org/2000/svg';
const LARGEUR = 680;
const MARGE = 8;

const anneaux = (c: Contour): GeoJSON.Position[][] => (c.geometry.type === 'Polygon' ? c.geometry.coordinates : c.geometry.coordinates.flat());

/** A degree of longitude is shorter than one of latitude: right enough over a city. */
interface Cadre {
  hauteur: number;
  enPlan: (lon: number, lat: number) => Point;
  enDegres: (x: number, y: number) => { lon: number; lat: number };
}
function cadrer(positions: readonly GeoJSON.Position[]): Cadre {
  const [lons, lats] = [positions.map((p) => p[0] ?? 0), positions.map((p) => p[1] ?? 0)];
  const bornes = (n: readonly number[]) => n.reduce<[number, number]>(([a, b], x) => [Math.min(a, x), Math.max(b, x)], [Infinity, -Infinity]);
  const [[ouest, est], [sud, nord]] = [bornes(lons), bornes(lats)];
  const court = Math.cos((((sud + nord) / 2) * Math.PI) / 180);
  const echelle = (LARGEUR - 2 * MARGE) / Math.max((est - ouest) * court, 1e-6);
  return {
    hauteur: Math.round((nord - sud) * echelle) + 2 * MARGE,
    enPlan: (lon, lat) => [MARGE + (lon - ouest) * court * echelle, MARGE + (nord - lat) * echelle],
    enDegres: (x, y) => ({ lon: ouest + (x - MARGE) / echelle / court, lat: nord - (y - MARGE) / echelle }),
  };
}

const dessiner = (nom: string, attributs: Record<string, string>, ...enfants: (Node | string)[]): SVGElement => {
  const e = document.createElementNS(SVG, nom);
  for (const [cle, v] of Object.entries(attributs)) e.setAttribute(cle, v);
  e.append(...enfants);
  return e;
};

function dessin(contours: readonly Contour[], titre: string): { svg: SVGSVGElement; cadre: Cadre } {
  const cadre = cadrer(contours.flatMap((c) => anneaux(c).flat()));
  const trait = (a: GeoJSON.Position[]) =>
    `M${a
      .map(([lon = 0, lat = 0]) =>
        cadre
          .enPlan(lon, lat)
          .map((x) => x.toFixed(1))
          .join(','),
      )
      .join('L')}Z`;
  const svg = dessiner('svg', { class: 'c-plan-touche', viewBox: `0 0 ${LARGEUR} ${cadre.hauteur}`, role: 'img', 'aria-label': titre }) as SVGSVGElement;
  for (const c of contours) {
    const forme = dessiner('path', { class: 'c-plan-touche__lieu', d: anneaux(c).map(trait).join(''), 'fill-rule': 'evenodd', 'data-lieu': c.properties.id });
    forme.append(dessiner('title', {}, c.properties.nom));
    svg.append(forme);
  }
  for (const c of contours) {
    const [x, y] = milieu(anneaux(c).map((a) => a.map(([lon = 0, lat = 0]) => cadre.enPlan(lon, lat))));
    // « 18e arrondissement » is « 18e » on a telephone.
    const court = /^\D*(\d+er?)\b/.exec(c.properties.nom)?.[1] ?? c.properties.nom;
    svg.append(dessiner('text', { class: 'c-plan-touche__nom', x: x.toFixed(0), y: y.toFixed(0), 'text-anchor': 'middle' }, court));
  }
  return { svg, cadre };
}
/** Centre of gravity, by the area of each ring. */
function milieu(rings: readonly (readonly Point[])[]): Point {
  let [aire, x, y] = [0, 0, 0];
  for (const r of rings)
    for (const [i, a] of r.entries()) {
      const b = r[(i + 1) % r.length] ?? a;
      const part = a[0] * b[1] - b[0] * a[1];
      aire += part;
      x += (a[0] + b[0]) * part;
      y += (a[1] + b[1]) * part;
    }
  return aire === 0 ? (rings[0]?.[0] ?? [0, 0]) : [x / (3 * aire), y / (3 * aire)];
}

export function proposerPlan(f: HTMLFormElement, point: HTMLInputElement, mots: Mots): void {
  const source = f.dataset.plan;
  if (!source) return;
  const bouton = document.createElement('button');
  bouton.type = 'button';
  bouton.className = 'govuk-button govuk-button--secondary govuk-!-margin-bottom-2';
  bouton.textContent = mots.bouton;
  bouton.setAttribute('aria-expanded', 'false');
  const place = document.createElement('div');
  const dit = document.createElement('p');
  dit.className = 'govuk-body-s';
  dit.setAttribute('role', 'status');
  const scene = document.createElement('div');
  place.append(dit, scene);
  place.hidden = true;

  async function montrer(territoire: string): Promise<void> {
    const r = await fetch(territoire === '' ? (source ?? '') : `${source}?territoire=${encodeURIComponent(territoire)}`).catch(() => null);
    const contours = r?.ok ? ((await r.json()) as { features: Contour[] }).features : [];
    if (contours.length === 0) return;
    const [seul] = contours;
    // A mairie that is one arrondissement: what is in it is shown at once.
    if (contours.length === 1 && seul?.properties.dessous) return montrer(seul.properties.id);
    const { svg, cadre } = dessin(contours, mots.bouton);
    const retour = document.createElement('button');
    retour.type = 'button';
    retour.className = 'govuk-button govuk-button--secondary govuk-!-margin-top-2 govuk-!-margin-bottom-2';
    retour.textContent = mots.tout;
    retour.addEventListener('click', () => void montrer(''));
    svg.addEventListener('click', (e) => {
      const lieu = contours.find((c) => c.properties.id === (e.target as Element).closest('[data-lieu]')?.getAttribute('data-lieu'))?.properties;
      const matrice = svg.getScreenCTM();
      if (!lieu || !matrice) return;
      if (lieu.dessous) return void montrer(lieu.id);
      const { x, y } = new DOMPoint(e.clientX, e.clientY).matrixTransform(matrice.inverse());
      const { lon, lat } = cadre.enDegres(x, y);
      svg.querySelector('.c-plan-touche__ici')?.remove();
      svg.append(dessiner('circle', { class: 'c-plan-touche__ici', cx: x.toFixed(1), cy: y.toFixed(1), r: '12' }));
      point.value = `${lat.toFixed(5)} ${lon.toFixed(5)}`;
      point.dispatchEvent(new Event('change', { bubbles: true }));
      dit.textContent = mots.note.replace('{lieu}', lieu.nom);
    });
    dit.textContent = mots.aide;
    scene.replaceChildren(svg, ...(territoire === '' ? [] : [retour]));
  }
  bouton.addEventListener('click', () => {
    place.hidden = !place.hidden;
    bouton.setAttribute('aria-expanded', String(!place.hidden));
    if (scene.childElementCount === 0) void montrer('');
  });
  point.closest('.govuk-form-group')?.append(bouton, place);
}
