-- Indexes of tables.sql, built after a bulk load. Read by schema.py.
--
-- Lists are answered in two steps: ids from one narrow index that holds everything the filter and the
-- order need, then the rows of that page. An OFFSET steps over index entries only, so the indexes of
-- invoices carry (stage, is_open, due_date), from which any status follows for any "today".

CREATE UNIQUE INDEX customers_token ON customers (token);
CREATE UNIQUE INDEX customers_external_key ON customers (external_key) WHERE external_key IS NOT NULL;
CREATE INDEX customers_id ON customers (customer_id, standing, oldest_due_date);
CREATE INDEX customers_company ON customers (company, customer_id, standing, oldest_due_date);
CREATE INDEX customers_country ON customers (bill_country, bill_state, customer_id, standing, oldest_due_date);
CREATE INDEX customers_standing ON customers (standing, oldest_due_date, customer_id);
CREATE INDEX customers_superuser ON customers (superuser_id);
CREATE INDEX customers_parent ON customers (parent_customer_id);
CREATE INDEX customers_written ON customers (write_datetime);
CREATE INDEX customers_modified ON customers (mod_datetime);

CREATE UNIQUE INDEX users_token ON users (token);
CREATE UNIQUE INDEX users_external_key ON users (external_key) WHERE external_key IS NOT NULL;
CREATE INDEX users_id ON users (user_id, user_type_id);
CREATE INDEX users_username ON users (username);
CREATE INDEX users_email ON users (email);
CREATE INDEX users_first_name ON users (first_name);
CREATE INDEX users_last_name ON users (last_name, first_name);
CREATE INDEX users_name ON users (name);
CREATE INDEX users_customer ON users (customer_id);
CREATE INDEX customer_users_user ON customer_users (user_id, customer_id);

CREATE UNIQUE INDEX items_token ON items (token);
CREATE UNIQUE INDEX items_external_key ON items (external_key) WHERE external_key IS NOT NULL;
CREATE INDEX tiersets_item ON tiersets (item_id);
CREATE INDEX tiers_tierset ON tiers (tierset_id);
CREATE INDEX item_category_links_category ON item_category_links (item_category_id, item_id);

CREATE UNIQUE INDEX packages_token ON packages (token);
CREATE UNIQUE INDEX packages_external_key ON packages (external_key) WHERE external_key IS NOT NULL;
CREATE INDEX packages_customer ON packages (customer_id, package_id);
CREATE INDEX package_lines_package ON package_lines (package_id);
CREATE INDEX package_lines_item ON package_lines (item_id, package_id);

CREATE UNIQUE INDEX invoices_token ON invoices (token);
CREATE UNIQUE INDEX invoices_external_key ON invoices (external_key) WHERE external_key IS NOT NULL;
CREATE INDEX invoices_id ON invoices (invoice_id, stage, is_open, due_date, customer_id, date);
CREATE INDEX invoices_customer ON invoices (customer_id, invoice_id, stage, is_open, due_date, date);
CREATE INDEX invoices_date ON invoices (date, invoice_id, stage, is_open, due_date, customer_id);
CREATE INDEX invoices_open ON invoices (is_open, invoice_id, stage, due_date, customer_id, date);
CREATE INDEX invoices_open_date ON invoices (is_open, date, invoice_id, stage, due_date, customer_id);
CREATE INDEX invoices_stage ON invoices (stage, due_date, invoice_id, is_open, customer_id, date);
CREATE INDEX invoices_open_balance ON invoices (customer_id, due_date, balance, currency_id) WHERE is_open = 1;
CREATE INDEX invoices_refnumber ON invoices (refnumber);
CREATE INDEX invoices_package ON invoices (package_id, invoice_id);
CREATE INDEX invoices_written ON invoices (write_datetime);
CREATE INDEX invoices_modified ON invoices (mod_datetime);
CREATE INDEX invoices_total ON invoices (currency_id, total, balance);
CREATE INDEX invoices_quote ON invoices (quote_id) WHERE quote_id IS NOT NULL;
CREATE INDEX invoice_lines_invoice ON invoice_lines (invoice_id);
CREATE INDEX invoice_lines_item ON invoice_lines (item_id, invoice_id);
CREATE INDEX invoice_schedule_invoice ON invoice_schedule (invoice_id);

CREATE UNIQUE INDEX transactions_token ON transactions (token);
CREATE UNIQUE INDEX transactions_external_key ON transactions (external_key) WHERE external_key IS NOT NULL;
CREATE INDEX transactions_customer ON transactions (customer_id, transaction_id);
CREATE INDEX transactions_date ON transactions (transaction_date, transaction_id);
CREATE INDEX transactions_type ON transactions (transaction_type, gateway_status, transaction_date);
CREATE INDEX transaction_applied_invoice ON transaction_applied (invoice_id, transaction_id, applied);

CREATE UNIQUE INDEX creditcards_token ON creditcards (token);
CREATE UNIQUE INDEX creditcards_external_key ON creditcards (external_key) WHERE external_key IS NOT NULL;
CREATE INDEX creditcards_customer ON creditcards (customer_id, creditcard_id);
CREATE UNIQUE INDEX ach_accounts_token ON ach_accounts (token);
CREATE UNIQUE INDEX ach_accounts_external_key ON ach_accounts (external_key) WHERE external_key IS NOT NULL;
CREATE INDEX ach_accounts_customer ON ach_accounts (customer_id, ach_id);
CREATE INDEX tokenized_customer ON tokenized (customer_id, tokenized_id);
CREATE INDEX notes_about ON notes (context_str, context_id, note_id);
CREATE UNIQUE INDEX notes_token ON notes (token);
CREATE UNIQUE INDEX notes_external_key ON notes (external_key) WHERE external_key IS NOT NULL;
CREATE INDEX usages_line ON usages (line_item_id, invoice_id);
CREATE UNIQUE INDEX usages_token ON usages (token);
CREATE UNIQUE INDEX usages_external_key ON usages (external_key) WHERE external_key IS NOT NULL;
CREATE UNIQUE INDEX item_categories_external_key ON item_categories (external_key) WHERE external_key IS NOT NULL;
CREATE UNIQUE INDEX chargeoverjs_requests_token ON chargeoverjs_requests (token);
CREATE INDEX package_lines_external_key ON package_lines (external_key) WHERE external_key IS NOT NULL;

CREATE INDEX portal_links_user ON portal_links (user_id);
CREATE INDEX portal_sessions_user ON portal_sessions (user_id);
CREATE INDEX letters_invoice ON letters (invoice_id);
CREATE INDEX transactions_parent ON transactions (parent_transaction_id) WHERE parent_transaction_id IS NOT NULL;
CREATE INDEX taxes_country ON taxes (country, state);
