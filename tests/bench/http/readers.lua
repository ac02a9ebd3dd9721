-- Readers who look at every answer. Arguments: a folder for the bodies seen, then paths; the last path is asked for once
-- in 64 requests. An answer counts as wrong where its status is not 200, its length is not the one said, or its tag was
-- seen with another body. Each body is written down once; strings are interned, so comparing two costs nothing.
local folder, paths, turn = nil, {}, 0
local seen, files = {}, 0
wrong, answers = 0, 0
local threads = {}

function setup(thread) table.insert(threads, thread) end

function init(arguments)
  folder = arguments[1]
  for place = 2, #arguments do paths[#paths + 1] = wrk.format("GET", arguments[place]) end
end

function request()
  turn = turn + 1
  if turn % 64 == 0 then return paths[#paths] end
  return paths[turn % math.max(#paths - 1, 1) + 1]
end

function response(status, headers, body)
  answers = answers + 1
  local tag = headers["etag"] or headers["ETag"]
  if status ~= 200 or not tag or tonumber(headers["content-length"]) ~= #body then
    wrong = wrong + 1
    return
  end
  local before = seen[tag]
  if before == nil then
    seen[tag] = body
    files = files + 1
    local file = io.open(folder .. "/" .. string.sub(tag, 2, -2), "wb")
    file:write(body)
    file:close()
  elseif before ~= body then
    wrong = wrong + 1
  end
end

function done(summary, latency)
  local bad, all = 0, 0
  for _, thread in ipairs(threads) do
    bad = bad + thread:get("wrong")
    all = all + thread:get("answers")
  end
  bad = bad + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  io.write(string.format('{"requests": %d, "failed": %d, "wall": %.6f, "p50": %.4f, "p99": %.4f}\n',
    all, bad, summary.duration / 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
