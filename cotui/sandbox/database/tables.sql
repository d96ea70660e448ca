-- Tables of the sandbox's account. Read by schema.py; indexes are in indexes.sql.
--
-- Units and spellings, everywhere:
--   money         INTEGER, minor units of the row's currency (currencies.decimals: USD 2, JPY 0, KWD 3)
--   line rates    INTEGER, hundred-millionths of a major unit, because a rate may be finer than the currency
--   dates         TEXT 'YYYY-MM-DD' in the account's time zone
--   datetimes     INTEGER, Unix seconds (UTC); served in the account's time zone
--   booleans      INTEGER 0 or 1
--   unset         NULL (the serializers know which unset values are served as "")
-- Columns carry the wire name of the field they hold; what is derived (overdue, names of terms,
-- printable addresses, links) is not stored. Text compares without regard to (ASCII) case.

-- Facts about this database file: one row per key, values as text.
--   schema_version   as PRAGMA user_version; see schema.py
--   timezone         IANA name of the account's time zone, e.g. America/New_York
--   generator, seed, customers   how demo data was made; absent otherwise
--   data_date        'YYYY-MM-DD', the "today" for which demo data was made
--   frozen_clock     Unix seconds at which the account's clock stands still; absent: it runs
--   clock_offset     seconds by which the running clock is ahead of the machine's; absent: none
--   login_link_seconds   how long a login link works; absent: 60
CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- Currencies of the account. `symbol` as printed before amounts, e.g. $ or CA$.
CREATE TABLE currencies (
    currency_id INTEGER PRIMARY KEY,
    currency TEXT NOT NULL,                 -- name, e.g. US Dollar
    iso4217 TEXT NOT NULL,
    symbol TEXT NOT NULL,
    decimals INTEGER NOT NULL,              -- digits after the point: 100 minor units = 1 major unit when 2
    rounding INTEGER NOT NULL DEFAULT 2     -- digits that totals are rounded to
);

-- Payment terms: due_date = invoice date + days.
CREATE TABLE terms (
    terms_id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    days INTEGER NOT NULL
);

-- Brands of the account (letterheads); id 1 is the default.
CREATE TABLE brands (
    brand_id INTEGER PRIMARY KEY,
    brand TEXT NOT NULL,
    addr1 TEXT, addr2 TEXT, city TEXT, state TEXT, postcode TEXT, country TEXT,
    custom_1 TEXT, custom_2 TEXT, custom_3 TEXT, custom_4 TEXT, custom_5 TEXT
);

-- Accounting classes.
CREATE TABLE classes (
    class_id INTEGER PRIMARY KEY,
    name TEXT NOT NULL
);

-- Workers of the account: people who log in to the administration.
CREATE TABLE admins (
    admin_id INTEGER PRIMARY KEY,
    external_key TEXT COLLATE NOCASE,
    token TEXT NOT NULL,
    username TEXT NOT NULL,
    email TEXT NOT NULL,
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    initials TEXT,
    timezone TEXT NOT NULL DEFAULT 'America/New_York',
    login_count INTEGER NOT NULL DEFAULT 0,
    last_login_datetime INTEGER,
    write_datetime INTEGER NOT NULL,
    mod_datetime INTEGER NOT NULL
);

-- Languages that customers can be written to in.
CREATE TABLE languages (
    language_id INTEGER PRIMARY KEY,
    language TEXT NOT NULL,                 -- name, e.g. English
    iso639 TEXT NOT NULL
);

-- Countries as the account knows them.
CREATE TABLE countries (
    country_id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    iso2 TEXT NOT NULL,
    iso3 TEXT NOT NULL,
    cctld TEXT                              -- e.g. .ca
);

-- Campaigns: where customers come from (lead sources).
CREATE TABLE campaigns (
    campaign_id INTEGER PRIMARY KEY,
    campaign TEXT NOT NULL
);

-- Types of contacts, e.g. 1 Billing.
CREATE TABLE user_types (
    user_type_id INTEGER PRIMARY KEY,
    name TEXT NOT NULL
);

-- Customers. Overdue is not stored: a customer is overdue when oldest_due_date lies before today.
-- total, balance, paid and oldest_due_date are sums over the customer's invoices and transactions,
-- kept by totals.py.
CREATE TABLE customers (
    customer_id INTEGER PRIMARY KEY,
    parent_customer_id INTEGER REFERENCES customers (customer_id),
    token TEXT NOT NULL COLLATE NOCASE,     -- 12 characters of [0-9a-z]
    external_key TEXT COLLATE NOCASE,
    superuser_id INTEGER REFERENCES users (user_id),    -- main contact; NULL when there is no contact
    company TEXT NOT NULL COLLATE NOCASE,
    language_id INTEGER NOT NULL DEFAULT 1 REFERENCES languages (language_id),
    currency_id INTEGER NOT NULL DEFAULT 1 REFERENCES currencies (currency_id),
    class_id INTEGER REFERENCES classes (class_id),
    admin_id INTEGER REFERENCES admins (admin_id),
    campaign_id INTEGER REFERENCES campaigns (campaign_id),
    campaign_details TEXT,
    custtype_id INTEGER,                    -- type of customer; the types themselves are nowhere in the API
    brand_id INTEGER NOT NULL DEFAULT 1 REFERENCES brands (brand_id),
    terms_id INTEGER NOT NULL DEFAULT 3 REFERENCES terms (terms_id),
    bill_addr1 TEXT COLLATE NOCASE, bill_addr2 TEXT COLLATE NOCASE, bill_addr3 TEXT COLLATE NOCASE,
    bill_city TEXT COLLATE NOCASE, bill_state TEXT COLLATE NOCASE,
    bill_postcode TEXT COLLATE NOCASE, bill_country TEXT COLLATE NOCASE, bill_notes TEXT,
    ship_addr1 TEXT COLLATE NOCASE, ship_addr2 TEXT COLLATE NOCASE, ship_addr3 TEXT COLLATE NOCASE,
    ship_city TEXT COLLATE NOCASE, ship_state TEXT COLLATE NOCASE,
    ship_postcode TEXT COLLATE NOCASE, ship_country TEXT COLLATE NOCASE, ship_notes TEXT,
    custom_1 TEXT COLLATE NOCASE, custom_2 TEXT COLLATE NOCASE, custom_3 TEXT COLLATE NOCASE, custom_4 TEXT COLLATE NOCASE,
    custom_5 TEXT COLLATE NOCASE, custom_6 TEXT COLLATE NOCASE, custom_7 TEXT COLLATE NOCASE, custom_8 TEXT COLLATE NOCASE,
    custom_9 TEXT COLLATE NOCASE, custom_10 TEXT COLLATE NOCASE, custom_11 TEXT COLLATE NOCASE, custom_12 TEXT COLLATE NOCASE,
    custom_13 TEXT COLLATE NOCASE, custom_14 TEXT COLLATE NOCASE, custom_15 TEXT COLLATE NOCASE, custom_16 TEXT COLLATE NOCASE,
    custom_17 TEXT COLLATE NOCASE, custom_18 TEXT COLLATE NOCASE, custom_19 TEXT COLLATE NOCASE, custom_20 TEXT COLLATE NOCASE,
    write_datetime INTEGER NOT NULL,
    write_ipaddr TEXT,
    mod_datetime INTEGER NOT NULL,
    mod_ipaddr TEXT,
    standing INTEGER NOT NULL DEFAULT 0,    -- 0 active, 1 inactive by hand, 2 inactive for lack of activity
    default_paymethod TEXT,                 -- crd, ach, tok, inv or NULL
    default_creditcard_id INTEGER,
    default_ach_id INTEGER,
    default_tokenized_id INTEGER,
    no_taxes INTEGER NOT NULL DEFAULT 0,
    no_dunning INTEGER NOT NULL DEFAULT 0,
    no_latefees INTEGER NOT NULL DEFAULT 0,
    no_procfees INTEGER NOT NULL DEFAULT 0,
    invoice_delivery TEXT NOT NULL DEFAULT 'email',     -- email or print
    dunning_delivery TEXT NOT NULL DEFAULT 'email',     -- email or print
    tax_ident TEXT COLLATE NOCASE,
    total INTEGER NOT NULL DEFAULT 0,       -- money: sum of the totals of all invoices that are not void
    balance INTEGER NOT NULL DEFAULT 0,     -- money: sum of the balances of all invoices
    paid INTEGER NOT NULL DEFAULT 0,        -- money: successful payments less refunds
    mrr INTEGER NOT NULL DEFAULT 0,         -- money: recurring revenue per month; arr is 12 times this
    oldest_due_date TEXT,                   -- earliest due date among the open invoices; NULL when none is open
    tags TEXT NOT NULL DEFAULT '[]'         -- JSON array of strings
);

-- Users (contacts) of customers.
CREATE TABLE users (
    user_id INTEGER PRIMARY KEY,
    customer_id INTEGER REFERENCES customers (customer_id),    -- first customer it was attached to
    external_key TEXT COLLATE NOCASE,
    token TEXT NOT NULL COLLATE NOCASE,
    username TEXT NOT NULL COLLATE NOCASE,
    first_name TEXT COLLATE NOCASE,
    middle_name_glob TEXT COLLATE NOCASE,
    last_name TEXT COLLATE NOCASE,
    name_suffix TEXT COLLATE NOCASE,
    name TEXT NOT NULL COLLATE NOCASE,      -- the non-empty parts joined by a space
    title TEXT COLLATE NOCASE,
    email TEXT COLLATE NOCASE,              -- one or several addresses, separated by commas
    phone TEXT COLLATE NOCASE,
    mobile TEXT COLLATE NOCASE,
    user_type_id INTEGER NOT NULL DEFAULT 1 REFERENCES user_types (user_type_id),
    custom_1 TEXT COLLATE NOCASE, custom_2 TEXT COLLATE NOCASE, custom_3 TEXT COLLATE NOCASE, custom_4 TEXT COLLATE NOCASE,
    custom_5 TEXT COLLATE NOCASE, custom_6 TEXT COLLATE NOCASE, custom_7 TEXT COLLATE NOCASE, custom_8 TEXT COLLATE NOCASE,
    custom_9 TEXT COLLATE NOCASE, custom_10 TEXT COLLATE NOCASE, custom_11 TEXT COLLATE NOCASE, custom_12 TEXT COLLATE NOCASE,
    custom_13 TEXT COLLATE NOCASE, custom_14 TEXT COLLATE NOCASE, custom_15 TEXT COLLATE NOCASE, custom_16 TEXT COLLATE NOCASE,
    custom_17 TEXT COLLATE NOCASE, custom_18 TEXT COLLATE NOCASE, custom_19 TEXT COLLATE NOCASE, custom_20 TEXT COLLATE NOCASE,
    write_datetime INTEGER NOT NULL,
    mod_datetime INTEGER NOT NULL
);

-- Which user is a contact of which customer; also holds users.customer_id and customers.superuser_id.
CREATE TABLE customer_users (
    customer_id INTEGER NOT NULL REFERENCES customers (customer_id),
    user_id INTEGER NOT NULL REFERENCES users (user_id),
    PRIMARY KEY (customer_id, user_id)
) WITHOUT ROWID;

-- Items: what can be sold.
CREATE TABLE items (
    item_id INTEGER PRIMARY KEY,
    item_type TEXT NOT NULL DEFAULT 'service' COLLATE NOCASE,   -- service, discount or product
    name TEXT NOT NULL COLLATE NOCASE,
    description TEXT COLLATE NOCASE,
    enabled INTEGER NOT NULL DEFAULT 1,
    accounting_sku TEXT COLLATE NOCASE,
    accounting_account_income TEXT COLLATE NOCASE,
    external_key TEXT COLLATE NOCASE,
    token TEXT NOT NULL COLLATE NOCASE,
    units TEXT, units_plural TEXT,
    tax_group_id INTEGER, tax_group_name TEXT,
    expire_recurs INTEGER, trial_recurs INTEGER,
    tierset_id INTEGER,                     -- the tierset that new lines use
    service_dates_type TEXT NOT NULL DEFAULT 'none',
    service_dates_visibility TEXT NOT NULL DEFAULT 'visible_to_merchant',
    revenue_recognition TEXT NOT NULL DEFAULT 'none',
    trial_days INTEGER NOT NULL DEFAULT 0,
    trial_units INTEGER NOT NULL DEFAULT 0,
    is_usage INTEGER NOT NULL DEFAULT 0,
    custom_1 TEXT COLLATE NOCASE, custom_2 TEXT COLLATE NOCASE, custom_3 TEXT COLLATE NOCASE, custom_4 TEXT COLLATE NOCASE,
    custom_5 TEXT COLLATE NOCASE, custom_6 TEXT COLLATE NOCASE, custom_7 TEXT COLLATE NOCASE, custom_8 TEXT COLLATE NOCASE,
    custom_9 TEXT COLLATE NOCASE, custom_10 TEXT COLLATE NOCASE, custom_11 TEXT COLLATE NOCASE, custom_12 TEXT COLLATE NOCASE,
    custom_13 TEXT COLLATE NOCASE, custom_14 TEXT COLLATE NOCASE, custom_15 TEXT COLLATE NOCASE, custom_16 TEXT COLLATE NOCASE,
    custom_17 TEXT COLLATE NOCASE, custom_18 TEXT COLLATE NOCASE, custom_19 TEXT COLLATE NOCASE, custom_20 TEXT COLLATE NOCASE,
    write_datetime INTEGER NOT NULL,
    mod_datetime INTEGER NOT NULL
);

-- Tiersets: the prices of an item, one per currency at least.
CREATE TABLE tiersets (
    tierset_id INTEGER PRIMARY KEY,
    item_id INTEGER NOT NULL REFERENCES items (item_id),
    currency_id INTEGER NOT NULL REFERENCES currencies (currency_id),
    setup INTEGER NOT NULL DEFAULT 0,       -- line rate: one-time set-up fee
    base INTEGER NOT NULL DEFAULT 0,        -- line rate: price per unit or per cycle
    percent REAL NOT NULL DEFAULT 0,
    paycycle TEXT NOT NULL DEFAULT 'mon',   -- mon, qtr, yrl … or evy (every cycle)
    -- fla flat, vol volume, tie tiered, uni unit, pas pass-through (what was used is the price)
    pricemodel TEXT NOT NULL DEFAULT 'fla',
    is_custom INTEGER NOT NULL DEFAULT 0,   -- 1: made for one line of a package, not offered with the item
    write_datetime INTEGER NOT NULL,
    mod_datetime INTEGER NOT NULL
);

-- Tiers of a tierset with pricemodel vol or tie.
CREATE TABLE tiers (
    tier_id INTEGER PRIMARY KEY,
    tierset_id INTEGER NOT NULL REFERENCES tiersets (tierset_id),
    unit_from INTEGER NOT NULL,
    unit_to INTEGER NOT NULL,               -- 0: no upper end
    amount INTEGER NOT NULL                 -- line rate
);

-- Categories of items, and which item is in which.
CREATE TABLE item_categories (
    item_category_id INTEGER PRIMARY KEY,
    name TEXT NOT NULL COLLATE NOCASE,
    external_key TEXT COLLATE NOCASE,
    token TEXT NOT NULL COLLATE NOCASE
);
CREATE TABLE item_category_links (
    item_id INTEGER NOT NULL REFERENCES items (item_id),
    item_category_id INTEGER NOT NULL REFERENCES item_categories (item_category_id),
    PRIMARY KEY (item_id, item_category_id)
) WITHOUT ROWID;

-- Packages (subscriptions).
CREATE TABLE packages (
    package_id INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customers (customer_id),
    brand_id INTEGER NOT NULL DEFAULT 1 REFERENCES brands (brand_id),
    class_id INTEGER REFERENCES classes (class_id),
    admin_id INTEGER REFERENCES admins (admin_id),
    terms_id INTEGER NOT NULL DEFAULT 3 REFERENCES terms (terms_id),
    currency_id INTEGER NOT NULL DEFAULT 1 REFERENCES currencies (currency_id),
    quote_id INTEGER,
    external_key TEXT COLLATE NOCASE,
    token TEXT NOT NULL COLLATE NOCASE,
    nickname TEXT COLLATE NOCASE,
    paymethod TEXT NOT NULL DEFAULT 'inv' COLLATE NOCASE,   -- crd, ach, tok or inv
    creditcard_id INTEGER, ach_id INTEGER, tokenized_id INTEGER,
    bill_addr1 TEXT COLLATE NOCASE, bill_addr2 TEXT COLLATE NOCASE, bill_addr3 TEXT COLLATE NOCASE,
    bill_city TEXT COLLATE NOCASE, bill_state TEXT COLLATE NOCASE,
    bill_postcode TEXT COLLATE NOCASE, bill_country TEXT COLLATE NOCASE, bill_notes TEXT,
    ship_addr1 TEXT COLLATE NOCASE, ship_addr2 TEXT COLLATE NOCASE, ship_addr3 TEXT COLLATE NOCASE,
    ship_city TEXT COLLATE NOCASE, ship_state TEXT COLLATE NOCASE,
    ship_postcode TEXT COLLATE NOCASE, ship_country TEXT COLLATE NOCASE, ship_notes TEXT,
    paycycle TEXT NOT NULL DEFAULT 'mon' COLLATE NOCASE,    -- one of billing/cycles.py
    mrr INTEGER NOT NULL DEFAULT 0,         -- money: recurring revenue per month, 0 unless it is in force
    amount_collected INTEGER NOT NULL DEFAULT 0,    -- money
    amount_invoiced INTEGER NOT NULL DEFAULT 0,     -- money
    amount_due INTEGER NOT NULL DEFAULT 0,          -- money
    oldest_due_date TEXT,                   -- earliest due date among its open invoices
    -- active-trial, active-current (served as active-overdue while an invoice is overdue), canceled-manual,
    -- canceled-nonpayment, expired-expired, expired-trial, suspended-suspended
    package_status_str TEXT NOT NULL DEFAULT 'active-current' COLLATE NOCASE,
    start_datetime INTEGER,
    next_invoice_datetime INTEGER,
    cancel_datetime INTEGER,
    canceled_from INTEGER,                  -- beginning of the day from which on it is to be canceled; NULL: none is
    cancel_reason_id INTEGER,               -- why, by the account's own numbers
    suspendfrom_datetime INTEGER,
    suspendto_datetime INTEGER,
    holduntil_datetime INTEGER,
    custom_1 TEXT COLLATE NOCASE, custom_2 TEXT COLLATE NOCASE, custom_3 TEXT COLLATE NOCASE, custom_4 TEXT COLLATE NOCASE,
    custom_5 TEXT COLLATE NOCASE, custom_6 TEXT COLLATE NOCASE, custom_7 TEXT COLLATE NOCASE, custom_8 TEXT COLLATE NOCASE,
    custom_9 TEXT COLLATE NOCASE, custom_10 TEXT COLLATE NOCASE, custom_11 TEXT COLLATE NOCASE, custom_12 TEXT COLLATE NOCASE,
    custom_13 TEXT COLLATE NOCASE, custom_14 TEXT COLLATE NOCASE, custom_15 TEXT COLLATE NOCASE, custom_16 TEXT COLLATE NOCASE,
    custom_17 TEXT COLLATE NOCASE, custom_18 TEXT COLLATE NOCASE, custom_19 TEXT COLLATE NOCASE, custom_20 TEXT COLLATE NOCASE,
    write_datetime INTEGER NOT NULL,
    mod_datetime INTEGER NOT NULL
);

-- Lines of packages.
CREATE TABLE package_lines (
    line_item_id INTEGER PRIMARY KEY,
    package_id INTEGER NOT NULL REFERENCES packages (package_id),
    item_id INTEGER NOT NULL REFERENCES items (item_id),
    tierset_id INTEGER REFERENCES tiersets (tierset_id),
    external_key TEXT COLLATE NOCASE,
    nickname TEXT COLLATE NOCASE,
    descrip TEXT COLLATE NOCASE,
    trial_days INTEGER NOT NULL DEFAULT 0,
    trial_units INTEGER NOT NULL DEFAULT 0,
    line_quantity REAL NOT NULL DEFAULT 1,
    license TEXT,
    subscribe_datetime INTEGER,
    subscribe_prorate_from_datetime INTEGER, subscribe_prorate_to_datetime INTEGER,
    cancel_datetime INTEGER,
    expire_datetime INTEGER,
    expire_recurs INTEGER,
    custom_1 TEXT COLLATE NOCASE, custom_2 TEXT COLLATE NOCASE, custom_3 TEXT COLLATE NOCASE,
    is_replaced INTEGER NOT NULL DEFAULT 0, -- 1: another line took its place; kept for the invoices it is on
    origin_line_id INTEGER                  -- first of the lines whose place it took, and where it is listed
);

-- Invoices. Overdue is not stored: an invoice is overdue when stage = 3 and due_date lies before today.
-- The stages are numbered in the order of the status texts they stand for, so that an index on
-- (stage, due_date) answers "order by status" too: past due dates come first, and open-overdue sorts
-- before open-unpaid. The amounts agree with its lines and with transaction_applied:
--   subtotal = sum of line_total, taxes = sum of tax_total, total = subtotal + taxes
--   applied = credits + payments + writeoffs, balance = total - applied (0 when void)
CREATE TABLE invoices (
    invoice_id INTEGER PRIMARY KEY,
    refnumber TEXT NOT NULL COLLATE NOCASE, -- the id as text unless given
    external_key TEXT COLLATE NOCASE,
    invoice_index INTEGER,                  -- 1, 2, 3 … within its package; NULL without one
    package_id INTEGER REFERENCES packages (package_id),
    quote_id INTEGER,
    customer_id INTEGER NOT NULL REFERENCES customers (customer_id),
    brand_id INTEGER NOT NULL DEFAULT 1 REFERENCES brands (brand_id),
    write_datetime INTEGER NOT NULL,
    mod_datetime INTEGER NOT NULL,
    void_datetime INTEGER,
    delay_datetime INTEGER,
    date TEXT NOT NULL,
    due_date TEXT NOT NULL,                 -- date + terms.days
    paid_date TEXT,                         -- NULL until the balance is 0; NULL when void
    currency_id INTEGER NOT NULL REFERENCES currencies (currency_id),    -- the customer's
    class_id INTEGER REFERENCES classes (class_id),
    paycycle TEXT,                          -- of its package; NULL without one
    terms_id INTEGER NOT NULL DEFAULT 3 REFERENCES terms (terms_id),
    admin_id INTEGER REFERENCES admins (admin_id),
    token TEXT NOT NULL COLLATE NOCASE,
    bill_addr1 TEXT COLLATE NOCASE, bill_addr2 TEXT COLLATE NOCASE, bill_addr3 TEXT COLLATE NOCASE,
    bill_city TEXT COLLATE NOCASE, bill_state TEXT COLLATE NOCASE,
    bill_postcode TEXT COLLATE NOCASE, bill_country TEXT COLLATE NOCASE, bill_notes TEXT,
    ship_addr1 TEXT COLLATE NOCASE, ship_addr2 TEXT COLLATE NOCASE, ship_addr3 TEXT COLLATE NOCASE,
    ship_city TEXT COLLATE NOCASE, ship_state TEXT COLLATE NOCASE,
    ship_postcode TEXT COLLATE NOCASE, ship_country TEXT COLLATE NOCASE, ship_notes TEXT,
    cycle_pre_from_date TEXT, cycle_pre_to_date TEXT,
    cycle_this_date TEXT,
    cycle_post_from_date TEXT, cycle_post_to_date TEXT,
    stage INTEGER NOT NULL DEFAULT 3,       -- 0 closed-paid, 1 closed-void, 2 open-collections, 3 open
    is_open INTEGER NOT NULL DEFAULT 1,     -- 1 (money is due) for stages 2 and 3, else 0
    subtotal INTEGER NOT NULL DEFAULT 0,    -- money, as are the next nine
    taxes INTEGER NOT NULL DEFAULT 0,
    total INTEGER NOT NULL DEFAULT 0,
    credits INTEGER NOT NULL DEFAULT 0,
    payments INTEGER NOT NULL DEFAULT 0,
    writeoffs INTEGER NOT NULL DEFAULT 0,
    refunds INTEGER NOT NULL DEFAULT 0,     -- positive; a refund lowers payments by the same amount
    balance INTEGER NOT NULL DEFAULT 0,
    sum_base INTEGER NOT NULL DEFAULT 0,    -- recurring base fees
    sum_usage INTEGER NOT NULL DEFAULT 0,   -- metered fees
    sum_onetime INTEGER NOT NULL DEFAULT 0, -- everything else; the three add up to subtotal
    declines INTEGER NOT NULL DEFAULT 0,
    memo TEXT COLLATE NOCASE,
    custom_1 TEXT COLLATE NOCASE, custom_2 TEXT COLLATE NOCASE, custom_3 TEXT COLLATE NOCASE, custom_4 TEXT COLLATE NOCASE,
    custom_5 TEXT COLLATE NOCASE, custom_6 TEXT COLLATE NOCASE, custom_7 TEXT COLLATE NOCASE, custom_8 TEXT COLLATE NOCASE,
    custom_9 TEXT COLLATE NOCASE, custom_10 TEXT COLLATE NOCASE, custom_11 TEXT COLLATE NOCASE, custom_12 TEXT COLLATE NOCASE,
    custom_13 TEXT COLLATE NOCASE, custom_14 TEXT COLLATE NOCASE, custom_15 TEXT COLLATE NOCASE, custom_16 TEXT COLLATE NOCASE,
    custom_17 TEXT COLLATE NOCASE, custom_18 TEXT COLLATE NOCASE, custom_19 TEXT COLLATE NOCASE, custom_20 TEXT COLLATE NOCASE,
    tags TEXT NOT NULL DEFAULT '[]',        -- JSON array of strings
    CHECK (is_open = (stage >= 2))
);

-- Lines of invoices. Name, SKU and units of the item are copied, since the item may change later.
CREATE TABLE invoice_lines (
    line_item_id INTEGER PRIMARY KEY,
    invoice_id INTEGER NOT NULL REFERENCES invoices (invoice_id),
    item_id INTEGER NOT NULL REFERENCES items (item_id),
    item_name TEXT NOT NULL,
    item_accounting_sku TEXT,
    item_units TEXT,
    item_type TEXT NOT NULL DEFAULT 'service',
    tierset_id INTEGER,                     -- NULL for a one-time line
    package_line_id INTEGER,                -- NULL for a one-time line
    paycycle TEXT,
    descrip TEXT,
    line_prorate REAL NOT NULL DEFAULT 1,   -- share of the cycle, 1 = all of it
    line_rate INTEGER NOT NULL,             -- line rate
    line_quantity REAL NOT NULL DEFAULT 1,
    line_usage REAL NOT NULL DEFAULT 0,
    line_total INTEGER NOT NULL,            -- money: rate x quantity, rounded; without tax
    usage_from TEXT, usage_to TEXT,         -- dates
    number_of_recurs_this INTEGER NOT NULL DEFAULT 0,
    number_of_recurs_line INTEGER NOT NULL DEFAULT 0,
    tax_taxable INTEGER NOT NULL DEFAULT 0, -- money
    tax_taxed INTEGER NOT NULL DEFAULT 0,   -- money the tax was computed from
    tax_total INTEGER NOT NULL DEFAULT 0,   -- money
    tax_id INTEGER, tax_group_id INTEGER, tax_name TEXT, tax_group_name TEXT,
    is_usage INTEGER NOT NULL DEFAULT 0,
    is_setup INTEGER NOT NULL DEFAULT 0,
    is_base INTEGER NOT NULL DEFAULT 0,
    is_free INTEGER NOT NULL DEFAULT 0,
    is_recurring INTEGER NOT NULL DEFAULT 0,
    is_latefee INTEGER NOT NULL DEFAULT 0,
    is_obligation INTEGER NOT NULL DEFAULT 0,
    is_taxed INTEGER NOT NULL DEFAULT 0,
    custom_1 TEXT COLLATE NOCASE, custom_2 TEXT COLLATE NOCASE, custom_3 TEXT COLLATE NOCASE, custom_4 TEXT COLLATE NOCASE,
    custom_5 TEXT COLLATE NOCASE, custom_6 TEXT COLLATE NOCASE, custom_7 TEXT COLLATE NOCASE, custom_8 TEXT COLLATE NOCASE,
    custom_9 TEXT COLLATE NOCASE, custom_10 TEXT COLLATE NOCASE
);

-- Scheduled payments of invoices.
CREATE TABLE invoice_schedule (
    invoice_schedule_id INTEGER PRIMARY KEY,
    invoice_id INTEGER NOT NULL REFERENCES invoices (invoice_id),
    token TEXT NOT NULL,
    paymethod TEXT NOT NULL DEFAULT 'inv',  -- crd, ach, tok, inv or any
    creditcard_id INTEGER, ach_id INTEGER, tokenized_id INTEGER,
    date TEXT NOT NULL,                     -- when it runs
    due_date TEXT NOT NULL,
    amount INTEGER NOT NULL,                -- money
    balance INTEGER NOT NULL                -- money: still due of this payment
);

-- Transactions: payments, refunds, credits, write-offs, failed attempts included.
CREATE TABLE transactions (
    transaction_id INTEGER PRIMARY KEY,
    parent_transaction_id INTEGER REFERENCES transactions (transaction_id),     -- what a refund refunds
    transaction_batch_id INTEGER,
    customer_id INTEGER NOT NULL REFERENCES customers (customer_id),
    brand_id INTEGER NOT NULL DEFAULT 1 REFERENCES brands (brand_id),
    currency_id INTEGER NOT NULL REFERENCES currencies (currency_id),
    gateway_id INTEGER NOT NULL DEFAULT 100,    -- 100: none, it was made elsewhere
    gateway_type TEXT, gateway_nickname TEXT,
    gateway_status INTEGER NOT NULL DEFAULT 1,      -- 1 success, 0 failure
    gateway_transid TEXT COLLATE NOCASE,
    gateway_method TEXT COLLATE NOCASE,     -- visa, mastercard, american-express, discover, check, paypal, credit, ach
    gateway_msg TEXT NOT NULL DEFAULT '',   -- decline text for the customer
    gateway_err_code INTEGER NOT NULL DEFAULT 0,    -- number of the decline; 0 when there was none
    gateway_err_detail TEXT,                -- about the decline, for staff
    token TEXT NOT NULL COLLATE NOCASE,
    external_key TEXT COLLATE NOCASE,
    amount INTEGER NOT NULL,                -- money; refunds negative
    fee INTEGER NOT NULL DEFAULT 0,         -- money; negative
    applied INTEGER NOT NULL DEFAULT 0,     -- money: sum of transaction_applied; 0 when failed or void
    transaction_date TEXT NOT NULL,
    transaction_datetime INTEGER NOT NULL,
    transaction_type TEXT NOT NULL DEFAULT 'pay' COLLATE NOCASE,    -- pay, ref, cre, wri, spl
    transaction_method TEXT COLLATE NOCASE, -- Visa, Paid by Check, Credit …
    transaction_detail TEXT COLLATE NOCASE, -- x4242, number of a check …
    transaction_ipaddr TEXT,
    is_pending INTEGER NOT NULL DEFAULT 0,  -- a bank payment; for some days it is under way: see settling.py
    void_datetime INTEGER,
    creditcard_id INTEGER, ach_id INTEGER, tokenized_id INTEGER,
    memo TEXT,
    custom_1 TEXT, custom_2 TEXT, custom_3 TEXT, custom_4 TEXT, custom_5 TEXT,
    write_datetime INTEGER NOT NULL,
    mod_datetime INTEGER NOT NULL
);

-- What of a transaction was applied to which invoice.
CREATE TABLE transaction_applied (
    transaction_id INTEGER NOT NULL REFERENCES transactions (transaction_id),
    invoice_id INTEGER NOT NULL REFERENCES invoices (invoice_id),
    applied INTEGER NOT NULL,               -- money; negative for refunds
    PRIMARY KEY (transaction_id, invoice_id)
) WITHOUT ROWID;

-- E-mails that the real service would have sent, oldest first.
CREATE TABLE outbox (
    email_id INTEGER PRIMARY KEY,
    write_datetime INTEGER NOT NULL,
    sender TEXT NOT NULL DEFAULT '',        -- '' for the account's own address
    recipients TEXT NOT NULL,               -- one or several addresses, separated by commas
    cc TEXT NOT NULL DEFAULT '',
    bcc TEXT NOT NULL DEFAULT '',
    subject TEXT NOT NULL,
    body TEXT NOT NULL,                     -- plain text
    html TEXT NOT NULL DEFAULT '',          -- '' when there is only the plain text
    cause TEXT NOT NULL                     -- what sent it, e.g. user.password
);

-- Credit cards on file. The number itself is kept nowhere: only its first and last digits and what is to be known of
-- it.
CREATE TABLE creditcards (
    creditcard_id INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customers (customer_id) ON DELETE CASCADE,
    external_key TEXT COLLATE NOCASE,
    token TEXT NOT NULL COLLATE NOCASE,
    type TEXT COLLATE NOCASE,               -- visa, mast, disc, amex; NULL for other kinds
    mask_number TEXT NOT NULL COLLATE NOCASE,   -- x4242
    mask_and_bin_number TEXT NOT NULL COLLATE NOCASE,   -- 424242xxx4242
    name TEXT COLLATE NOCASE,
    expdate TEXT NOT NULL,                  -- 'YYYY-MM-01': the card is good until the end of that month
    address TEXT COLLATE NOCASE, city TEXT COLLATE NOCASE, state TEXT COLLATE NOCASE,
    postcode TEXT COLLATE NOCASE, country TEXT COLLATE NOCASE,
    is_declined INTEGER NOT NULL DEFAULT 0, -- 1: the test number that every payment is declined for
    write_datetime INTEGER NOT NULL,
    write_ipaddr TEXT,
    mod_datetime INTEGER NOT NULL
);

-- Bank accounts on file (ACH, eCheck), without their numbers.
CREATE TABLE ach_accounts (
    ach_id INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customers (customer_id) ON DELETE CASCADE,
    external_key TEXT COLLATE NOCASE,
    token TEXT NOT NULL COLLATE NOCASE,
    type TEXT NOT NULL DEFAULT 'chec' COLLATE NOCASE,   -- chec, busi or savi
    mask_number TEXT NOT NULL COLLATE NOCASE,   -- x6667
    mask_routing TEXT NOT NULL COLLATE NOCASE,  -- x3004
    name TEXT COLLATE NOCASE,
    mask_bank TEXT COLLATE NOCASE,          -- the bank's name
    write_datetime INTEGER NOT NULL,
    mod_datetime INTEGER NOT NULL
);

-- Pay methods that are kept in vaults of others; `token` is the vault's name for them.
CREATE TABLE tokenized (
    tokenized_id INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customers (customer_id) ON DELETE CASCADE,
    type TEXT NOT NULL DEFAULT 'customer' COLLATE NOCASE,
    token TEXT NOT NULL,
    name TEXT COLLATE NOCASE,               -- e.g. Visa x4111
    paymethod_hint TEXT COLLATE NOCASE,     -- crd or ach
    type_hint TEXT COLLATE NOCASE,          -- visa, mast, disc or amex
    expdate TEXT,                           -- date
    gateway TEXT COLLATE NOCASE,
    write_datetime INTEGER NOT NULL,
    mod_datetime INTEGER NOT NULL
);

-- Notes on records.
CREATE TABLE notes (
    note_id INTEGER PRIMARY KEY,
    external_key TEXT COLLATE NOCASE,
    token TEXT NOT NULL COLLATE NOCASE,
    note TEXT NOT NULL COLLATE NOCASE,
    note_is_pinned INTEGER NOT NULL DEFAULT 0,
    context_str TEXT COLLATE NOCASE,        -- name of the object it is about, e.g. customer or billing_package
    context_id INTEGER,
    user_id INTEGER REFERENCES users (user_id) ON DELETE SET NULL,
    admin_id INTEGER REFERENCES admins (admin_id),
    note_datetime INTEGER NOT NULL
);

-- Metered usage of lines of packages, waiting for the next invoice or billed by one.
CREATE TABLE usages (
    usage_history_id INTEGER PRIMARY KEY,
    token TEXT NOT NULL COLLATE NOCASE,
    line_item_id INTEGER NOT NULL REFERENCES package_lines (line_item_id),
    usage_value REAL NOT NULL,
    -- add sums up, max the largest counts, lat the latest counts; pia, pas and dlt are kept, and billed like add
    type TEXT NOT NULL DEFAULT 'add' COLLATE NOCASE,
    "from" INTEGER,                         -- datetimes: the period
    "to" INTEGER,
    external_key TEXT COLLATE NOCASE,
    custom_1 TEXT COLLATE NOCASE, custom_2 TEXT COLLATE NOCASE, custom_3 TEXT COLLATE NOCASE, custom_4 TEXT COLLATE NOCASE,
    custom_5 TEXT COLLATE NOCASE, custom_6 TEXT COLLATE NOCASE, custom_7 TEXT COLLATE NOCASE, custom_8 TEXT COLLATE NOCASE,
    custom_9 TEXT COLLATE NOCASE, custom_10 TEXT COLLATE NOCASE, custom_11 TEXT COLLATE NOCASE, custom_12 TEXT COLLATE NOCASE,
    custom_13 TEXT COLLATE NOCASE, custom_14 TEXT COLLATE NOCASE, custom_15 TEXT COLLATE NOCASE, custom_16 TEXT COLLATE NOCASE,
    custom_17 TEXT COLLATE NOCASE, custom_18 TEXT COLLATE NOCASE, custom_19 TEXT COLLATE NOCASE, custom_20 TEXT COLLATE NOCASE,
    invoice_id INTEGER REFERENCES invoices (invoice_id) ON DELETE SET NULL, -- NULL until it is billed
    write_datetime INTEGER NOT NULL
);

-- Coupons of the account.
CREATE TABLE coupons (
    coupon_id INTEGER PRIMARY KEY,
    coupon TEXT NOT NULL COLLATE NOCASE,    -- the code that customers enter
    name TEXT NOT NULL COLLATE NOCASE
);

-- URLs that are told about events. The sandbox keeps them and calls none.
CREATE TABLE resthooks (
    id INTEGER PRIMARY KEY,
    target_url TEXT NOT NULL,
    event TEXT NOT NULL,                    -- e.g. customer.insert
    write_datetime INTEGER NOT NULL
);

-- The account's log: one line for each write that was carried out.
CREATE TABLE system_log (
    log_id INTEGER PRIMARY KEY,
    msg TEXT NOT NULL,
    log_datetime INTEGER NOT NULL
);

-- Requests of ChargeOver.js in web pages that wait to be committed or rejected.
CREATE TABLE chargeoverjs_requests (
    chargeoverjs_id INTEGER PRIMARY KEY,
    action TEXT NOT NULL,                   -- e.g. customer.create
    payload TEXT NOT NULL,                  -- JSON as text
    token TEXT NOT NULL,                    -- 16 characters of [0-9a-z]
    write_datetime INTEGER NOT NULL
);

-- Settings that clients have made through _config; values as JSON.
CREATE TABLE config (
    config_id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    value TEXT NOT NULL
);

-- What one unit of a currency is worth in another, as set by clients.
CREATE TABLE exchange_rates (
    from_currency_id INTEGER NOT NULL REFERENCES currencies (currency_id),
    to_currency_id INTEGER NOT NULL REFERENCES currencies (currency_id),
    exchange REAL NOT NULL,
    PRIMARY KEY (from_currency_id, to_currency_id)
) WITHOUT ROWID;

-- The highest ids that were ever deleted, so that no id is given twice.
CREATE TABLE retired_ids (
    table_name TEXT PRIMARY KEY,
    last INTEGER NOT NULL
) WITHOUT ROWID;

-- Taxes by the billing address of an invoice. Lines of items with a tax group are taxed.
CREATE TABLE taxes (
    tax_id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    country TEXT NOT NULL COLLATE NOCASE,   -- as in bill_country
    state TEXT COLLATE NOCASE,              -- as in bill_state; NULL: wherever no other tax of the country fits
    ppm INTEGER NOT NULL                    -- millionths of the taxable amount
);

-- Passwords of users for the portal, hashed: see passwords.py.
CREATE TABLE user_passwords (
    user_id INTEGER PRIMARY KEY REFERENCES users (user_id) ON DELETE CASCADE,
    hash TEXT NOT NULL,
    set_datetime INTEGER NOT NULL
);

-- Links that log a user in to the portal (login) or let it set a new password (reset), each once.
CREATE TABLE portal_links (
    secret_hash TEXT PRIMARY KEY,           -- SHA-256 of the secret in the link, hexadecimal
    kind TEXT NOT NULL,                     -- login or reset
    user_id INTEGER NOT NULL REFERENCES users (user_id) ON DELETE CASCADE,
    destination TEXT NOT NULL DEFAULT '',   -- page it leads to; '' for the home page
    write_datetime INTEGER NOT NULL,
    expire_datetime INTEGER NOT NULL,
    used_datetime INTEGER                   -- NULL while it has not been used
) WITHOUT ROWID;

-- Who is logged in to the portal.
CREATE TABLE portal_sessions (
    secret_hash TEXT PRIMARY KEY,           -- SHA-256 of the cookie's value, hexadecimal
    user_id INTEGER NOT NULL REFERENCES users (user_id) ON DELETE CASCADE,
    expire_datetime INTEGER NOT NULL
) WITHOUT ROWID;

-- Paper copies of invoices that the real service would have had printed and posted.
CREATE TABLE letters (
    letter_id INTEGER PRIMARY KEY,
    write_datetime INTEGER NOT NULL,
    invoice_id INTEGER NOT NULL REFERENCES invoices (invoice_id) ON DELETE CASCADE,
    address TEXT NOT NULL                   -- lines broken with a line feed
);
