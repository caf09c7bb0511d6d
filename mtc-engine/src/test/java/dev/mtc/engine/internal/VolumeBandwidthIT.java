package dev.mtc.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.api.spi.MoveRequest;
import dev.mtc.api.spi.MoverContext;
import dev.mtc.api.spi.VolumeMove;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The limit of a plan for what its volumes send. */
class VolumeBandwidthIT {

    private final Map<String, Set<OptionalLong>> shares = new ConcurrentHashMap<>();
    private TestBed bed;

    @BeforeEach
    void open() {
        bed = TestBed.withApp();
    }

    @AfterEach
    void close() {
        bed.close();
    }

    private OptionalLong ask(MoveRequest request) {
        MoverContext context = Objects.requireNonNull(bed.volumes.polledWith);
        OptionalLong share = context.volumeBytesPerSecond();
        shares.computeIfAbsent(((VolumeMove) request).source().name(), claim -> ConcurrentHashMap.newKeySet())
                .add(share);
        return share;
    }

    @Test
    void limit_isSharedByThoseUnderWayAndTheLastHasItAll() {
        bed.volumes.answer(request -> {
            OptionalLong share = ask(request);
            boolean isFirst = ((VolumeMove) request).source().name().equals("data-db-1");
            boolean bothAsked = shares.size() == 2;
            return bothAsked && (isFirst || share.equals(OptionalLong.of(1_000_000)))
                    ? Script.SUCCESS
                    : Script.running();
        });

        bed.migration(bed.planned().volumeBandwidth("1M").build())
                .stage()
                .await(TestBed.LIMIT)
                .requireSuccess();

        assertThat(shares.get("data-db-1")).containsExactly(OptionalLong.of(500_000));
        assertThat(shares.get("data-db-0"))
                .containsExactlyInAnyOrder(OptionalLong.of(500_000), OptionalLong.of(1_000_000));
    }

    @Test
    void noLimit_saysNone() {
        bed.volumes.answer(request -> {
            ask(request);
            return Script.SUCCESS;
        });

        bed.migration().stage().await(TestBed.LIMIT).requireSuccess();

        assertThat(shares.values()).hasSize(2).allMatch(seen -> seen.equals(Set.of(OptionalLong.empty())));
    }
}
