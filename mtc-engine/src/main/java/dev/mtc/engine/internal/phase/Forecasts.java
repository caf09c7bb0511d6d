package dev.mtc.engine.internal.phase;

import dev.mtc.api.CutoverForecast;
import dev.mtc.api.MtcException;
import dev.mtc.api.Preview;
import dev.mtc.engine.internal.forecast.CutoverForecasts;
import dev.mtc.engine.internal.run.RunContext;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes, when applications are about to be stopped, for how long that is likely to be. */
final class Forecasts {

    private static final Logger LOG = LoggerFactory.getLogger(Forecasts.class);

    private Forecasts() {}

    static void atStop(RunContext context) {
        if (!context.outage().isStopped()) {
            CutoverForecast forecast = forecast(context);
            Instant now = context.clock().instant();
            context.outage().stopped(now, forecast);
        }
    }

    private static CutoverForecast forecast(RunContext context) {
        Preview expected = context.request().expected();
        if (expected != null && !expected.forecast().equals(CutoverForecast.NONE)) {
            return expected.forecast();
        }
        try {
            return CutoverForecasts.of(context, context.store(), null);
        } catch (MtcException e) {
            // What a forecast lacks is no reason to fail; what the phase itself needs will fail it.
            LOG.debug("No forecast for run {}", context.runId(), e);
            return CutoverForecast.NONE;
        }
    }
}
