import dev.mtc.api.*
import java.nio.file.Path
import java.time.Duration
import java.util.*
