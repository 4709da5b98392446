/** Annexes of the printed bilan, asked for: every line of action, every measure, the words. */
export const ANNEXES = `
#if d.annexes {
  let compte(n) = if n == "" { none } else if n == "0" or n.starts-with("compté") { sym.space.nobreak + petit(n) } else { sym.space.nobreak + puce(n, fond: rgb("#e2eaf6"), couleur: rgb("#173c7a")) }
  pagebreak(weak: true)
  heading(level: 1, "Annexe : les actions et leurs enregistrements")
  petit(d.phraseActions)
  for f in d.actions {
    inter(f.titre)
    for a in f.actions {
      block(above: 0.7em, below: 0.4em, sticky: true, [#strong(a.libelle)#compte(a.preuves)])
      if a.lignes.len() > 0 { list(..a.lignes.map(l => [#h(l.retrait * 8pt)#l.libelle#compte(l.preuves)])) }
    }
  }
  block(breakable: false, {
    heading(level: 1, "Annexe : d’où viennent les chiffres")
    table(columns: (auto, auto, 1fr), align: (left, right, left), entete("Mesure", "Nombre", "Comment le chiffre est obtenu"),
      ..d.obtentions.map(o => (strong(o.mot), o.nombre, o.sens)).flatten())
    table(columns: (auto, 1fr), align: (left, left), entete("État", "Ce que cela veut dire"),
      ..d.etats.map(e => (strong(e.mot), e.sens)).flatten())
  })
  set page(flipped: true, margin: (x: 15mm, top: 15mm, bottom: 18mm))
  heading(level: 1, "Annexe : toutes les mesures")
  text(size: 9pt, d.phraseAnnexe)
  set text(size: 7.8pt)
  table(columns: (15mm, 1fr, 24mm, 17mm, 20mm, 19mm, 62mm), align: (left, left, left, left, right, left, left), inset: (x: 4pt, y: 3pt),
    stroke: (x, y) => if y > 0 { (bottom: 0.3pt + trait) },
    entete("Mesure", "Libellé", "Unité", "Obtention", "Valeur", "État", "Source, ou de qui le chiffre est attendu"),
    ..d.annexe.map(l => (l.id, l.libelle, l.unite, l.obtention, l.valeur, l.mot, l.source)).flatten())
  if d.nonVentilees.len() > 0 {
    block(breakable: true, above: 1.2em, {
      inter(d.titreNonVentilees)
      columns(2, text(size: 7.5pt, list(..d.nonVentilees)))
    })
  }
}
`;
