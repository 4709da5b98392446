-- Where a centre stands, when whoever plans it says it: degrees, as a map gives them.
alter table crise_centres
  add column lon float8 check (lon between -180 and 180),
  add column lat float8 check (lat between -90 and 90),
  add constraint crise_centres_point check ((lon is null) = (lat is null));
select annoter('crise_centres', null, '{"lon": "contenu", "lat": "contenu"}');
