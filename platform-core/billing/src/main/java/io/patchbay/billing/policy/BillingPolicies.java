package io.patchbay.billing.policy;

import io.patchbay.foundation.database.Database;
import io.patchbay.foundation.database.SettingStore;
import io.patchbay.foundation.setting.LiveSetting;
import io.patchbay.foundation.state.Bus;

/** The policy in force. Safe for use by many threads; reading takes no lock. */
public final class BillingPolicies implements AutoCloseable {
    /** The name of the setting, and its bus topic. */
    public static final String SETTING = "billing.policy";

    private final LiveSetting<BillingPolicy> setting;

    private BillingPolicies(LiveSetting<BillingPolicy> setting) {
        this.setting = setting;
    }

    /** Reads the policy and follows changes until closed. */
    public static BillingPolicies open(Database database, Bus bus) {
        return new BillingPolicies(
                LiveSetting.open(new SettingStore(database), bus, SETTING, BillingPolicy.class, BillingPolicy.DEFAULT));
    }

    /** Returns the policy in force. */
    public BillingPolicy current() {
        return setting.current();
    }

    /** Changes the policy, durably. */
    public void update(BillingPolicy changed) {
        setting.update(before -> changed);
    }

    /** Stops following changes. */
    @Override
    public void close() {
        setting.close();
    }
}
