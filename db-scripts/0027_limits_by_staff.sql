-- compatible: 0026
-- Limits of trading are changed by staff, not only by scripts.

grant insert, update on trade_limits to p2p_app;
comment on table trade_limits is 'The most fiat of one order and of a day that a taker of each level may trade, one row a currency. Null, or no row: no limit. Written by scripts and Admin/Catalogue.';
