-- What enters and what leaves is told by one key of the breakdown. Without statistics PostgreSQL expects one cell in two hundred to pass that question, where nearly all
-- do, and sorts thousands of rows that it would have grouped.
create statistics mesure_cellules_sens on (coalesce(ventilation ->> '_m', 'e')) from mesure_cellules;
create statistics mesure_annees_sens on (coalesce(ventilation ->> '_m', 'e')) from mesure_annees;
analyze mesure_cellules, mesure_annees;
