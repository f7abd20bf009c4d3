-- What list_customers filters and sorts by. The counts and the country are
-- copies of what stands in doc; the two times are those of the newest events.
-- +goose Up
ALTER TABLE customers ADD COLUMN country TEXT NOT NULL DEFAULT '';
ALTER TABLE customers ADD COLUMN country_code TEXT NOT NULL DEFAULT '';
ALTER TABLE customers ADD COLUMN chats_count BIGINT NOT NULL DEFAULT 0;
ALTER TABLE customers ADD COLUMN threads_count BIGINT NOT NULL DEFAULT 0;
ALTER TABLE customers ADD COLUMN visits_count BIGINT NOT NULL DEFAULT 0;
ALTER TABLE customers ADD COLUMN agent_last BIGINT NOT NULL DEFAULT 0;
ALTER TABLE customers ADD COLUMN customer_last BIGINT NOT NULL DEFAULT 0;
UPDATE customers SET
    country = coalesce(json_extract(doc, '$.visit.geolocation.country'), ''),
    country_code = coalesce(json_extract(doc, '$.visit.geolocation.country_code'), ''),
    chats_count = coalesce(json_extract(doc, '$.statistics.chats_count'), 0),
    threads_count = coalesce(json_extract(doc, '$.statistics.threads_count'), 0),
    visits_count = coalesce(json_extract(doc, '$.statistics.visits_count'), 0),
    agent_last = coalesce((SELECT max(CAST(unixepoch(json_extract(t.doc, '$.agent_last'), 'subsec') * 1000000 AS BIGINT))
        FROM threads t WHERE t.customer_id = customers.id), 0),
    customer_last = coalesce((SELECT max(CAST(unixepoch(json_extract(t.doc, '$.customer_last'), 'subsec') * 1000000 AS BIGINT))
        FROM threads t WHERE t.customer_id = customers.id), 0);
CREATE INDEX customers_created ON customers (created_at, id);

-- +goose Down
DROP INDEX customers_created;
ALTER TABLE customers DROP COLUMN customer_last;
ALTER TABLE customers DROP COLUMN agent_last;
ALTER TABLE customers DROP COLUMN visits_count;
ALTER TABLE customers DROP COLUMN threads_count;
ALTER TABLE customers DROP COLUMN chats_count;
ALTER TABLE customers DROP COLUMN country_code;
ALTER TABLE customers DROP COLUMN country;
