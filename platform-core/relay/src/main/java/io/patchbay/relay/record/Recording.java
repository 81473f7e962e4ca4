package io.patchbay.relay.record;

import io.patchbay.accounts.Accounts;
import io.patchbay.foundation.database.Database;
import io.patchbay.foundation.database.SettingStore;
import io.patchbay.foundation.setting.LiveSetting;
import io.patchbay.foundation.state.Bus;
import java.time.InstantSource;
import java.util.List;

/** What is done with request records after they were written: they are read and they age. */
public final class Recording implements AutoCloseable {
    private static final String SETTING = "records.retention";

    private final Records records;
    private final LiveSetting<RecordRetention> retention;
    private final RecordSweeper sweeper;

    private Recording(Records records, LiveSetting<RecordRetention> retention, RecordSweeper sweeper) {
        this.records = records;
        this.retention = retention;
        this.sweeper = sweeper;
    }

    /** Returns the mappers to open the database with. */
    public static List<Class<?>> mappers() {
        return List.of(RequestRecordMapper.class, RecordQueryMapper.class, LedgerLineMapper.class);
    }

    /** Reads the settings and begins to delete what is too old, the first time after an hour. */
    public static Recording open(Database database, Bus bus, InstantSource clock) {
        LiveSetting<RecordRetention> retention = LiveSetting.open(
                new SettingStore(database), bus, SETTING, RecordRetention.class, RecordRetention.DEFAULT);
        return new Recording(
                new Records(database, clock), retention, RecordSweeper.start(database, retention::current, clock));
    }

    /** Returns the routes, for registration as instances. */
    public List<Object> resources(Accounts accounts) {
        return List.of(
                new RecordResource(records, accounts.users(), accounts.apiKeys()),
                new RecordAdminResource(retention, accounts.audit()));
    }

    @Override
    public void close() {
        sweeper.close();
        retention.close();
    }
}
