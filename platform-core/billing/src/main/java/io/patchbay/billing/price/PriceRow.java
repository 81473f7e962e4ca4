package io.patchbay.billing.price;

/** One row of the table price_rule, with the version of the list; components in the order of the columns selected. */
record PriceRow(
        long id,
        int position,
        String type,
        String models,
        String input,
        String output,
        boolean anonymous,
        long version) {}
