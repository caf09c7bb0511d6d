package dev.mtc.transfer.internal.rsync;

import dev.mtc.api.contract.VolumeMoverContract;
import dev.mtc.api.spi.MoverContext;
import dev.mtc.api.spi.VolumeMover;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** On two real clusters; run with the profile {@code real}. */
class RsyncVolumeMoverRealIT extends VolumeMoverContract {

    private static RealBed bed;

    @BeforeAll
    static void open() {
        bed = new RealBed();
    }

    @AfterAll
    static void close() {
        if (bed != null) {
            bed.close();
        }
    }

    @Override
    protected VolumeMover mover() {
        return new RsyncVolumeMover();
    }

    @Override
    protected MoverContext context() {
        return bed.context();
    }

    @Override
    protected Volumes volumes() {
        return bed.pair();
    }
}
